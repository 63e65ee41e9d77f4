import { expect, test } from 'vitest'
import {
  type ChatEventType,
  chatEvents,
  notificationTypeOf,
  parseJson,
  serializeNotification,
  serializePing,
} from '#contract'
import { hasRoundedId, readNotification } from './notification.ts'

const happenedAt = new Date('2026-03-01T09:00:00.213Z')
const facts = { businessId: 1n, chatId: 2n, messageId: 3n, happenedAt } as Omit<
  Parameters<typeof serializeNotification>[0],
  'type'
> // ids are branded

const bodyOf = (type: ChatEventType) => {
  const parsed = parseJson(serializeNotification({ ...facts, type }))
  return (parsed.ok ? parsed.value : {}) as Record<string, unknown> // as it has just been spelled
}
const message = bodyOf('message_sent')

test.for(chatEvents)('%s is read as the contract spells it', type => {
  const { messageId, ...common } = { businessId: 1n, chatId: 2n, messageId: 3n, at: happenedAt }
  expect(readNotification(bodyOf(type))).toEqual({
    kind: type,
    notification: {
      type: notificationTypeOf[type],
      ...common,
      ...(type === 'message_sent' && { messageId }),
    },
  })
})

test('PING is a ping, whatever else it says', () => {
  expect(readNotification(JSON.parse(serializePing(happenedAt)))).toEqual({ kind: 'ping' })
  expect(readNotification({ notificationType: 'PING' })).toEqual({ kind: 'ping' })
})

test('ids are numbers, digits or bigints, over all of int64', () => {
  const body = { ...message, businessId: '7', chatId: 9223372036854775807n, messageId: 12, newField: [] }

  expect(readNotification(body)).toMatchObject({
    notification: { businessId: 7n, chatId: 9223372036854775807n, messageId: 12n },
  })
})

test('nanoseconds are read to the millisecond', () => {
  const body = { ...message, sentAt: '2025-01-16T10:09:49.759084017Z' }

  expect(readNotification(body)).toMatchObject({ notification: { at: new Date('2025-01-16T10:09:49.759Z') } })
})

test('a type that is not known is given on as it came', () => {
  const body = { notificationType: 'ORDER_CREATED', orderId: 1 }

  expect(readNotification(body)).toEqual({ kind: 'other', body })
})

test.for([
  [null, 'the body is not a JSON object'],
  [[], 'the body is not a JSON object'],
  ['PING', 'the body is not a JSON object'],
  [{}, 'notificationType is missing'],
  [{ notificationType: 1 }, 'notificationType is missing'],
  [{ ...message, businessId: undefined }, 'businessId is not an id'],
  [{ ...message, chatId: 1.5 }, 'chatId is not an id'],
  [{ ...message, chatId: 2 ** 60 }, 'chatId is not an id'],
  [{ ...message, chatId: '9223372036854775808' }, 'chatId is not an id'],
  [{ ...message, messageId: null }, 'messageId is not an id'],
  [{ ...message, messageId: '' }, 'messageId is not an id'],
  [{ ...message, sentAt: undefined }, 'sentAt is not a time'],
  [{ ...message, sentAt: 'yesterday' }, 'sentAt is not a time'],
  [{ ...message, sentAt: 0 }, 'sentAt is not a time'],
] as const)('%j is wrong: %s', ([body, why]) => {
  expect(readNotification(body)).toEqual({ kind: 'wrong', why })
})

test.for([
  [{ ...message, chatId: 2 ** 60 }, true],
  [{ ...message, businessId: 2 ** 53 }, true],
  [{ ...message, chatId: 2n ** 60n }, false],
  [{ ...message, chatId: 1.5 }, false],
  [message, false],
  [null, false],
] as const)('of a body that somebody else parsed it is known whether ids were rounded', ([body, is]) => {
  expect(hasRoundedId(body)).toBe(is)
})
