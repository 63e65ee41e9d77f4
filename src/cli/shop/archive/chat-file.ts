import type { Chat, ChatMark, Message } from '#client'
import { parseJson, serializeJson } from '#contract'

/** What is kept of a chat, in a file of its own. Messages are by ascending id. */
export type ChatFile = { chat: Chat; mark?: ChatMark; messages: Message[] }

const ids = new Set(['chatId', 'messageId', 'lastMessageId', 'readFrom', 'campaignId', 'orderId', 'returnId'])
const dates = new Set(['createdAt', 'updatedAt', 'newestAt'])

export function serializeChatFile({ chat, mark, messages }: ChatFile): string {
  const lines = messages.map(message => serializeJson(message))
  const head = `{"chat":${serializeJson(chat)}${mark ? `,"mark":${serializeJson(mark)}` : ''},"messages":[`
  return `${[head, lines.join(',\n'), ']}'].filter(Boolean).join('\n')}\n`
}

/** Undefined if it is not what we have written. */
export function readChatFile(text: string): ChatFile | undefined {
  const parsed = parseJson(text)
  if (!parsed.ok) return undefined
  const value = revive('', parsed.value)
  return isChatFile(value) ? value : undefined
}

/** Ids and dates are known by the names of their fields. */
function revive(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => revive('', item))
  if (ids.has(name) && (typeof value === 'number' || typeof value === 'bigint')) return BigInt(value)
  if (dates.has(name) && typeof value === 'string') return new Date(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(key, item)]))
}

function isChatFile(value: unknown): value is ChatFile {
  return has(value, 'chat') && isChat(value.chat) && has(value, 'messages') && isMessages(value.messages)
}

function isChat(value: unknown): boolean {
  return (
    has(value, 'chatId') && typeof value.chatId === 'bigint' && has(value, 'context') && hasDate(value, 'updatedAt')
  )
}

function isMessages(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => has(item, 'messageId') && typeof item.messageId === 'bigint')
}

function hasDate(value: object, name: string): boolean {
  return has(value, name) && value[name] instanceof Date
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === 'object' && value !== null && name in value
}
