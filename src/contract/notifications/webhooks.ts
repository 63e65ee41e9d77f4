import { NotificationAnswer, NotificationError } from './answer.ts'
import { notifications } from './bodies.ts'
import { type NotificationType, notificationTypes } from './events.ts'
import { sampleNotification } from './samples.ts'

const summaries: Record<NotificationType, string> = {
  PING: 'Are you there?',
  CHAT_CREATED: 'A chat was created',
  CHAT_MESSAGE_SENT: 'A message was written',
  CHAT_ARBITRAGE_STARTED: 'A dispute was opened',
  CHAT_ARBITRAGE_FINISHED: 'A dispute was finished',
}

const answerIn = `Answer within 10 s with status 200, your name and version, and work afterwards. What is answered with another status than 200 or 400, or not at all,
comes again with the same webhook-id, after a minute at first, for 14 days; what comes twice is answered twice..`
const pingIn =
  'Answer within 1 s with status 200, your name and version. It comes before a subscription is enabled, and when somebody asks for it.'

const signing = [
  ['webhook-id', 'MS8zMy82NS9tZXNzYWdlX3NlbnQ', 'The same in every attempt: what was seen already is a duplicate.'],
  ['webhook-timestamp', '1772356527', 'When it was sent, in seconds since 1970.'],
  [
    'webhook-signature',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    "HMAC-SHA256 over id.timestamp.body with the subscription's secret, as Standard Webhooks says; two while a secret is changed.",
  ],
] as const

const headers = signing.map(([name, example, description]) => ({
  ...{ name, in: 'header', required: name !== 'webhook-signature', description, example },
  schema: { type: 'string' },
}))

const json = (schema: object, example: object) => ({ content: { 'application/json': { schema, example } } })

const responses = {
  200: {
    description: 'Taken.',
    ...json(NotificationAnswer, { version: '1.0.0', name: 'Our shop', time: '2026-03-01T09:15:27.512Z' }),
  },
  400: {
    description: 'Refused for good: it is not sent again.',
    ...json(NotificationError, { error: { type: 'WRONG_EVENT_FORMAT', message: 'chatId is missing' } }),
  },
  500: {
    description: 'Not taken: it is sent again later.',
    ...json(NotificationError, { error: { type: 'UNKNOWN', message: 'The database is away' } }),
  },
}

/** The notifications as the webhooks of an OpenAPI document: each with its body, a sample and its headers. */
export function notificationWebhooks(): Record<NotificationType, object> {
  const described = notificationTypes.map(type => [
    type,
    {
      post: {
        operationId: type,
        summary: summaries[type],
        description: type === 'PING' ? pingIn : answerIn,
        security: [],
        parameters: headers,
        requestBody: { required: true, ...json(notifications[type], JSON.parse(sampleNotification(type))) },
        responses,
      },
    },
  ])
  return Object.fromEntries(described)
}
