import { type ChatEventType, chatEvents, type NotificationType, notificationTypeOf } from '#contract'
import { readId } from '../input.ts'
import type { ChatNotification, MessageNotification, NotificationBody } from './chat-notification.ts'

export type ReadNotification =
  | { kind: 'ping' }
  | { kind: 'message_sent'; notification: MessageNotification }
  | { kind: Exclude<ChatEventType, 'message_sent'>; notification: ChatNotification }
  | { kind: 'other'; body: NotificationBody }
  | { kind: 'wrong'; why: string }

const ping: NotificationType = 'PING'

const timeFields: Record<ChatEventType, string> = {
  chat_created: 'createdAt',
  message_sent: 'sentAt',
  dispute_started: 'startedAt',
  dispute_finished: 'finishedAt',
}

/** Reads a body. Ids may be numbers, bigints or digits; unknown fields are ignored. */
export function readNotification(body: unknown): ReadNotification {
  if (!isRecord(body)) return wrong('the body is not a JSON object')
  const type = body['notificationType']
  if (typeof type !== 'string' || type === '') return wrong('notificationType is missing')
  if (type === ping) return { kind: 'ping' }
  const event = chatEvents.find(each => notificationTypeOf[each] === type)
  return event === undefined ? { kind: 'other', body } : readEvent(event, body)
}

/** Whether an id was rounded when this body was parsed: a number beyond 2^53 loses its last digits. */
export function hasRoundedId(body: unknown): boolean {
  if (!isRecord(body)) return false
  const ids = [body['businessId'], body['chatId'], body['messageId']]
  return ids.some(id => Number.isInteger(id) && !Number.isSafeInteger(id))
}

function readEvent(kind: ChatEventType, body: NotificationBody): ReadNotification {
  const businessId = readId(body['businessId'])
  const chatId = readId(body['chatId'])
  const messageId = readId(body['messageId'])
  const at = readTime(body[timeFields[kind]])
  if (businessId === undefined) return wrong('businessId is not an id')
  if (chatId === undefined) return wrong('chatId is not an id')
  if (at === undefined) return wrong(`${timeFields[kind]} is not a time`)
  const notification = { type: notificationTypeOf[kind], businessId, chatId, at }
  if (kind !== 'message_sent') return { kind, notification }
  if (messageId === undefined) return wrong('messageId is not an id')
  return { kind, notification: { ...notification, messageId } }
}

function readTime(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? undefined : at
}

function isRecord(value: unknown): value is NotificationBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(why: string): ReadNotification {
  return { kind: 'wrong', why }
}
