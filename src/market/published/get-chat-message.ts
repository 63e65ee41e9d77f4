import { refusals } from '#contract'
import type { Sql } from '#database'
import type { FileUrl } from '../files/file-url.ts'
import { findChat } from '../store/chats.ts'
import { findMessage } from '../store/messages.ts'
import { chatMessage } from './chat-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

type Needs = { sql: Sql; fileUrl: FileUrl }

export async function getChatMessage(
  { sql, fileUrl }: Needs,
  { params, query }: Call<'getChatMessage'>,
): Promise<Answer<'getChatMessage'>> {
  const { businessId } = params
  const { chatId, messageId } = query
  const message = await findMessage(sql, businessId, chatId, messageId)
  if (message) return { status: 'OK', result: chatMessage(message, { businessId, chatId }, fileUrl) }
  if (await findChat(sql, businessId, chatId)) throw refusals.messageNotFound(messageId, chatId)
  throw refusals.chatNotFound(chatId)
}
