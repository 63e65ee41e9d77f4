import { inside, refusals } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { PageTokens } from '#serving'
import { placeFromTexts, placeToTexts, walkChats } from '../chats/walk.ts'
import type { ChatFilter } from '../store/chats.ts'
import { chatInfo } from './chat-on-wire.ts'
import type { Answer, Call } from './operation-handler.ts'

type Needs = { sql: Sql; clock: Clock; pageTokens: PageTokens }

export async function getChats(
  { sql, clock, pageTokens }: Needs,
  { params, query, body }: Call<'getChats'>,
): Promise<Answer<'getChats'>> {
  const { businessId } = params
  const filter = filterOf(body)
  const owner = ['getChats', businessId, filter]
  const texts = query.pageToken === undefined ? undefined : pageTokens.open(owner, query.pageToken)
  if (query.pageToken !== undefined && texts === undefined) throw refusals.badPageToken()

  const place = texts && placeFromTexts(texts)
  const page = await walkChats(sql, { businessId, filter, limit: query.limit ?? 0, place, now: clock.now() })
  return {
    status: 'OK',
    result: {
      chats: page.chats.map(chatInfo),
      paging: page.next ? { nextPageToken: pageTokens.seal(owner, placeToTexts(page.next)) } : {},
    },
  }
}

function filterOf(body: Call<'getChats'>['body']): ChatFilter {
  return {
    contexts: body.contexts?.map(({ type, id }) => ({ type: inside(type), id })),
    orderIds: body.orderIds ?? undefined,
    contextTypes: body.contextTypes?.map(inside),
    types: body.types?.map(inside),
    statuses: body.statuses?.map(inside),
  }
}
