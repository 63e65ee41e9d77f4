import { refusals } from '#contract'
import type { PageTokens } from '#serving'
import type { Readbox } from '../chats/readbox.ts'
import { type Call, WrittenAnswer } from './operation-handler.ts'
import { pagingJson } from './paging-json.ts'

type Needs = { readbox: Pick<Readbox, 'history'>; pageTokens: PageTokens }

/** Ascending by id. The token holds the next id, so messages that arrive meanwhile come on the last page. */
export async function getChatHistory(
  { readbox, pageTokens }: Needs,
  { params, query, body }: Pick<Call<'getChatHistory'>, 'params' | 'query' | 'body'>,
): Promise<WrittenAnswer<'getChatHistory'>> {
  const { businessId } = params
  const { chatId, limit = 0 } = query
  const owner = ['getChatHistory', businessId, chatId, body.messageIdFrom ?? 0n]
  const texts = query.pageToken === undefined ? [] : pageTokens.open(owner, query.pageToken)
  if (texts === undefined) throw refusals.badPageToken()

  const from = texts[0] === undefined ? (body.messageIdFrom ?? 1n) : BigInt(texts[0])
  const { orderId, context, messages, nextId } = await readbox.history({ businessId, chatId, from, limit })
  if (context === null) throw refusals.chatNotFound(chatId)
  const order = orderId === null ? '' : `"orderId":${orderId},`
  const paging = pagingJson(nextId === null ? undefined : pageTokens.seal(owner, [String(nextId)]))
  const result = `{${order}"context":${context},"messages":[${messages}],"paging":${paging}}`
  return new WrittenAnswer(`{"status":"OK","result":${result}}`)
}
