import { inside, refusals } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { PageTokens } from '#serving'
import type { Readbox } from '../chats/readbox.ts'
import { placeFromTexts, placeToTexts, walkChats } from '../chats/walk.ts'
import type { ChatFilter } from '../store/reads/filtered-chats.ts'
import { type Call, WrittenAnswer } from './operation-handler.ts'
import { pagingJson } from './paging-json.ts'

type Needs = { sql: Sql; readbox: Pick<Readbox, 'chats'>; clock: Clock; pageTokens: PageTokens }

export async function getChats(
  needs: Needs,
  { params, query, body }: Call<'getChats'>,
): Promise<WrittenAnswer<'getChats'>> {
  const { clock, pageTokens } = needs
  const { businessId } = params
  const filter = filterOf(body)
  const owner = ['getChats', businessId, filter]
  const texts = query.pageToken === undefined ? undefined : pageTokens.open(owner, query.pageToken)
  if (query.pageToken !== undefined && texts === undefined) throw refusals.badPageToken()

  const place = texts && placeFromTexts(texts)
  const page = await walkChats(needs, { businessId, filter, limit: query.limit ?? 0, place, now: clock.now() })
  const paging = pagingJson(page.next && pageTokens.seal(owner, placeToTexts(page.next)))
  return new WrittenAnswer(`{"status":"OK","result":{"chats":[${page.chats}],"paging":${paging}}}`)
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
