import type { Message } from '../../types.ts'
import type { StoredChat } from '../mirror/chat-store.ts'
import { secondOf } from '../mirror/market-time.ts'
import { serializeValue } from '../mirror/serialize-value.ts'

export type Found = { what: 'missing' | 'different'; detail: string }

/** How a stored chat differs from the market's. What is newer than `stood` may be missing. */
export function differencesOf(there: StoredChat, stored: StoredChat | undefined, stood: Date): Found[] {
  const { chat } = there
  const isExpected = (at: Date) => secondOf(at) <= secondOf(stood)
  const expected = there.messages.filter(({ createdAt }) => isExpected(createdAt))
  const lost = (message: Message) => missing(`${name(message)} of chat ${chat.chatId} is missing`)
  if (!stored)
    return isExpected(chat.createdAt) ? [missing(`chat ${chat.chatId} is missing`), ...expected.map(lost)] : []
  const isOther = isExpected(chat.updatedAt) && serializeValue(stored.chat) !== serializeValue(chat)
  const kept = new Map(stored.messages.map(message => [message.messageId, message]))
  const known = new Set(there.messages.map(({ messageId }) => messageId))
  const isKeptOtherwise = (message: Message) => {
    const copy = kept.get(message.messageId)
    return copy !== undefined && serializeMessage(copy) !== serializeMessage(message)
  }
  return [
    ...(isOther ? [different(`chat ${chat.chatId} is stored otherwise`)] : []),
    ...(kept.size < stored.messages.length ? [different(`chat ${chat.chatId} has a message twice`)] : []),
    ...expected.filter(({ messageId }) => !kept.has(messageId)).map(lost),
    ...there.messages
      .filter(isKeptOtherwise)
      .map(m => different(`${name(m)} of chat ${chat.chatId} is stored otherwise`)),
    ...stored.messages
      .filter(({ messageId }) => !known.has(messageId))
      .map(message => different(`${name(message)} of chat ${chat.chatId} is not at the market`)),
  ]
}

const name = ({ messageId }: Message) => `message ${messageId}`
const missing = (detail: string): Found => ({ what: 'missing', detail })
const different = (detail: string): Found => ({ what: 'different', detail })

/** Without the addresses of files, which differ between servers. */
function serializeMessage({ files, ...message }: Message): string {
  return serializeValue({ ...message, files: files?.map(({ name, sizeBytes }) => ({ name, sizeBytes })) })
}
