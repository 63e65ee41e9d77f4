import { chatsPageMax, operations } from '#contract'
import type { Chat } from '../../types.ts'
import type { ErrandQueue } from '../mirror/errands.ts'
import { secondOf } from '../mirror/market-time.ts'
import { endlessPages, learnChats, type Mirror, nextListCall } from '../mirror/mirror.ts'
import type { ListPage, Walk } from './listing-plan.ts'

type ReadPage = ListPage & { isNews: boolean }

/** Reads and puts the next page of a walk. */
export async function readListPage(mirror: Mirror, walk: Walk): Promise<ReadPage> {
  const isFirst = walk.token === undefined
  const queue: ErrandQueue = walk.kind === 'whole' ? 'backlog' : 'news'
  if (isFirst && walk.kind === 'whole') {
    mirror.roster.recall()
    mirror.unreadable.clear()
  }
  const begun = mirror.roster.begin()
  const askedAt = mirror.clock.now()
  const pages = mirror.market.chats.list({ limit: chatsPageMax }, nextListCall(mirror, walk.urgency))
  const { items, nextPageToken: token } = await pages.page(walk.token)
  if (!isFirst && token === walk.token) throw endlessPages(operations.getChats.name)
  observeTop(mirror, items[0])
  observeSetBack(mirror, walk, items)
  const newestAt = isFirst ? new Date(Math.max(mirror.time.atLeast(askedAt), 0)) : walk.newestAt
  const fresh = await learnChats(mirror, items, { begun, queue })
  const last = items.at(-1)
  // If the last chat of a page is news, the next page may have more, whatever its time is.
  const isDeepEnough =
    last !== undefined && walk.to !== undefined && secondOf(last.updatedAt) < walk.to && !fresh.includes(last)
  return { token, newestAt, isLast: token === undefined || isDeepEnough, isNews: fresh.length > 0 }
}

/** What stood there before says nothing: it may be of a clock that was ahead. */
function observeTop({ roster, time, clock }: Mirror, top: Chat | undefined): void {
  if (!top) return
  const known = roster.find(top.chatId)
  if (!known || known.updatedAt < top.updatedAt || !time.isKnown()) time.observe(top.updatedAt, clock.now())
}

/** All that moved before a sweep's end was put: what moves below it now has its time from a clock that was set back. */
function observeSetBack({ roster, time, clock }: Mirror, { kind, to }: Walk, chats: readonly Chat[]): void {
  if (kind !== 'sweep' || to === undefined) return
  for (const { chatId, updatedAt } of chats) {
    const known = roster.find(chatId)
    if (known && known.updatedAt < updatedAt && secondOf(updatedAt) < to) time.observeSetBack(updatedAt, clock.now())
  }
}

/** Begins a watch: existing chats are not read, except those of the newest second, which may get more messages in it. */
export async function readWatchPage(mirror: Mirror): Promise<ReadPage> {
  const begun = mirror.roster.begin()
  const { items } = await mirror.market.chats.list({ limit: chatsPageMax }, nextListCall(mirror, 'news')).page()
  const since = items[0]?.updatedAt ?? new Date(0)
  mirror.time.observe(since, mirror.clock.now())
  mirror.notes.since = since
  await learnChats(mirror, items, { begun, queue: 'news', isSilent: true })
  for (const { chatId, updatedAt } of items)
    if (secondOf(updatedAt) === secondOf(since)) mirror.errands.add('news', chatId, { isWhole: true, isSilent: true })
  return { token: undefined, newestAt: since, isLast: true, isNews: false }
}
