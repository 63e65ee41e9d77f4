import { refusals } from '#contract'
import type { Answer, Call } from '../operation-handler.ts'
import { findChat } from '../store/chats.ts'
import type { Sql } from '../store/connect.ts'
import { findMessage } from '../store/messages.ts'
import { chatMessage, type FileUrl } from './shape.ts'

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
