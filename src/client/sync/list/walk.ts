import { chatsPageMax, operations } from '#contract'
import type { Urgency } from '../../types.ts'
import type { Lane } from '../mirror/errands.ts'
import { secondOf } from '../mirror/market-time.ts'
import { learnChats, type Mirror, nextCall } from '../mirror/mirror.ts'
import { endless } from '../read/read-chat.ts'

/** A walk through the list of chats, newest first; a page is a step. */
export type Walk = {
  /** How far down, in seconds; undefined: to the end. */
  to: number | undefined
  urgency: Urgency
  lane: Lane
  begunAt: Date
  token?: string | undefined
  /** The market's time when the first page was asked for, at least: whatever moves later is met by the next walk. */
  newestAt?: Date | undefined
}

/** Takes in one page. Resolves to whether it was the last. */
export async function step(mirror: Mirror, walk: Walk): Promise<boolean> {
  const begun = mirror.roster.begin()
  const askedAt = mirror.clock.now()
  const pages = mirror.market.chats.list({ limit: chatsPageMax }, nextCall(mirror, walk.urgency))
  const { items, nextPageToken } = await pages.page(walk.token)
  if (walk.token !== undefined && nextPageToken === walk.token) throw endless(operations.getChats.name)
  const [first] = items
  if (first) mirror.time.observe(first.updatedAt, mirror.clock.now())
  if (walk.token === undefined) walk.newestAt = new Date(Math.max(mirror.time.atLeast(askedAt), 0))
  const fresh = await learnChats(mirror, items, { begun, lane: walk.lane })
  walk.token = nextPageToken
  const last = items.at(-1)
  // Where the page ends with news there may be more of it, whatever our clocks make of its time.
  const isDeepEnough =
    last !== undefined && walk.to !== undefined && secondOf(last.updatedAt) < walk.to && !fresh.includes(last)
  return nextPageToken === undefined || isDeepEnough
}
