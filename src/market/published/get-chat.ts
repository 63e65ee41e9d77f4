import { refusals } from '#contract'
import type { Sql } from '#database'
import { findChat } from '../store/chats.ts'
import { chatInfo } from './chat-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

export async function getChat(
  { sql }: { sql: Sql },
  { params, query }: Pick<Call<'getChat'>, 'params' | 'query'>,
): Promise<Answer<'getChat'>> {
  const chat = await findChat(sql, params.businessId, query.chatId)
  if (!chat) throw refusals.chatNotFound(query.chatId)
  return { status: 'OK', result: chatInfo(chat) }
}
