import { refusals } from '#contract'
import type { Sql } from '#database'
import type { PageTokens } from '#serving'
import type { FileUrl } from '../files/file-url.ts'
import { findChat } from '../store/chats.ts'
import { listMessages } from '../store/messages.ts'
import { chatMessage, contextOf } from './chat-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

type Needs = { sql: Sql; pageTokens: PageTokens; fileUrl: FileUrl }

/** Ascending by id. The token holds the next id, so messages that arrive meanwhile come on the last page. */
export async function getChatHistory(
  { sql, pageTokens, fileUrl }: Needs,
  { params, query, body }: Pick<Call<'getChatHistory'>, 'params' | 'query' | 'body'>,
): Promise<Answer<'getChatHistory'>> {
  const { businessId } = params
  const { chatId, limit = 0 } = query
  const owner = ['getChatHistory', businessId, chatId, body.messageIdFrom ?? 0n]
  const texts = query.pageToken === undefined ? [] : pageTokens.open(owner, query.pageToken)
  if (texts === undefined) throw refusals.badPageToken()

  const from = texts[0] === undefined ? (body.messageIdFrom ?? 1n) : BigInt(texts[0])
  const [chat, rows] = await Promise.all([
    findChat(sql, businessId, chatId),
    listMessages(sql, businessId, chatId, { from, limit: limit + 1 }),
  ])
  if (!chat) throw refusals.chatNotFound(chatId)
  const next = rows[limit]
  return {
    status: 'OK',
    result: {
      ...(chat.orderId !== null && { orderId: chat.orderId }),
      context: contextOf(chat),
      messages: rows.slice(0, limit).map(row => chatMessage(row, chat, fileUrl)),
      paging: next ? { nextPageToken: pageTokens.seal(owner, [String(next.messageId)]) } : {},
    },
  }
}
