import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import type { ChatPosition } from '../store/chats.ts'
import type { ChatsPage } from '../store/reads/chats.ts'
import { type ChatFilter, listMovedChats, listNewestChats } from '../store/reads/filtered-chats.ts'
import type { Readbox } from './readbox.ts'

/**
 * Where a walk over the chats of a business stands. First it goes down from the newest chat. A chat that gets a message
 * meanwhile moves above the walk's place, so at the end the walk lists, by id, the chats that moved since its first page
 * (by that page's snapshot). So every chat that matches throughout is listed at least once, and the walk ends.
 */
export type WalkPlace =
  | { leg: 'newest'; snapshot: string; begunAt: Date; before: ChatPosition }
  | { leg: 'moved'; snapshot: string; begunAt: Date; after: bigint }

/** `chats` as the published API has them, joined by commas. */
export type WalkPage = { chats: string; next: WalkPlace | undefined }
export type WalkRequest = {
  businessId: BusinessId
  filter: ChatFilter
  limit: number
  place: WalkPlace | undefined
  now: Date
}

type Needs = { sql: Sql; readbox: Pick<Readbox, 'chats'> }

// The clocks of two market processes differ by less than this.
const clockSlackMs = 60 * 60 * 1000

export async function walkChats(needs: Needs, request: WalkRequest): Promise<WalkPage> {
  const { place, now } = request
  if (place?.leg === 'moved') return movedPage(needs, request, place, { chats: '', count: 0 })

  const page = await newestPage(needs, request, place?.before)
  const { chats, firstAt, lastAt, lastId } = page
  if (firstAt === null && place === undefined) return { chats, next: undefined }
  // The newest chat may have the time of a clock that was ahead.
  const begunAt = new Date(Math.min(firstAt?.getTime() ?? 0, now.getTime()))
  const begun = place ?? { snapshot: page.snapshot, begunAt }
  if (page.hasMore && lastAt && lastId !== null) {
    const before = { updatedAt: lastAt, chatId: lastId }
    return { chats, next: { leg: 'newest', snapshot: begun.snapshot, begunAt: begun.begunAt, before } }
  }
  // A walk of one page cannot miss anything.
  if (place === undefined) return { chats, next: undefined }
  return movedPage(needs, request, { ...begun, after: 0n }, page)
}

/** What everybody asks for goes together with what others ask for. */
function newestPage(
  { sql, readbox }: Needs,
  { businessId, filter, limit }: WalkRequest,
  before: ChatPosition | undefined,
): Promise<ChatsPage> {
  const isFiltered = Object.values(filter).some(values => values !== undefined)
  if (!isFiltered) return readbox.chats({ businessId, before, limit })
  return listNewestChats(sql, { businessId, filter }, { before, limit })
}

type Moved = { snapshot: string; begunAt: Date; after: bigint }

/** Fills a page up with chats that moved; a page with a token after it is never empty. */
async function movedPage(
  { sql }: Pick<Needs, 'sql'>,
  { businessId, filter, limit }: WalkRequest,
  { snapshot, begunAt, after }: Moved,
  page: Pick<ChatsPage, 'chats' | 'count'>,
): Promise<WalkPage> {
  const since = new Date(begunAt.getTime() - clockSlackMs)
  const room = limit - page.count
  const moved = await listMovedChats(sql, { businessId, filter }, { snapshot, since, after, limit: room })
  const chats = [page.chats, moved.chats].filter(text => text !== '').join(',')
  const next: WalkPlace | undefined = moved.hasMore
    ? { leg: 'moved', snapshot, begunAt, after: moved.lastId ?? after }
    : undefined
  return { chats, next }
}

/** A place as the texts of a page token, and back. */
export function placeToTexts(place: WalkPlace): string[] {
  const head = [place.leg, place.snapshot, String(place.begunAt.getTime())]
  return place.leg === 'moved'
    ? [...head, String(place.after)]
    : [...head, String(place.before.updatedAt.getTime()), String(place.before.chatId)]
}

export function placeFromTexts([leg = '', snapshot = '', begunAt = '', first = '', second = '']: string[]): WalkPlace {
  const begun = { snapshot, begunAt: new Date(Number(begunAt)) }
  if (leg === 'moved') return { leg, ...begun, after: BigInt(first) }
  return { leg: 'newest', ...begun, before: { updatedAt: new Date(Number(first)), chatId: BigInt(second) } }
}
