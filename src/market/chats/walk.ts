import type { BusinessId } from '#contract'
import type { Sql } from '#database'
import { type ChatFilter, type ChatPosition, type ChatRow, listMovedChats, listNewestChats } from '../store/chats.ts'

/**
 * Where a walk over the chats of a business stands. First it goes down from the newest chat. A chat that gets a message
 * meanwhile moves above the walk's place, so at the end the walk lists, by id, the chats that moved since its first page
 * (by that page's snapshot). So every chat that matches throughout is listed at least once, and the walk ends.
 */
export type WalkPlace =
  | { leg: 'newest'; snapshot: string; begunAt: Date; before: ChatPosition }
  | { leg: 'moved'; snapshot: string; begunAt: Date; after: bigint }

export type WalkPage = { chats: ChatRow[]; next: WalkPlace | undefined }
export type WalkRequest = {
  businessId: BusinessId
  filter: ChatFilter
  limit: number
  place: WalkPlace | undefined
  now: Date
}

// The clocks of two market processes differ by less than this.
const clockSlackMs = 60 * 60 * 1000

export async function walkChats(sql: Sql, request: WalkRequest): Promise<WalkPage> {
  const { place, limit, now } = request
  if (place?.leg === 'moved') return movedPage(sql, request, place, [])

  const rows = await listNewestChats(sql, request.businessId, request.filter, {
    before: place?.before,
    limit: limit + 1,
  })
  const chats = rows.slice(0, limit)
  const last = chats.at(-1)
  if (last === undefined && place === undefined) return { chats: [], next: undefined }
  // The newest chat may have the time of a clock that was ahead.
  const begunAt = new Date(Math.min(rows[0]?.updatedAt.getTime() ?? 0, now.getTime()))
  const begun = place ?? { snapshot: rows[0]?.snapshot ?? '', begunAt }
  if (rows.length > limit && last) {
    const before = { updatedAt: last.updatedAt, chatId: last.chatId }
    return { chats, next: { leg: 'newest', snapshot: begun.snapshot, begunAt: begun.begunAt, before } }
  }
  // A walk of one page cannot miss anything.
  if (place === undefined) return { chats, next: undefined }
  return movedPage(sql, request, { ...begun, after: 0n }, chats)
}

type Moved = { snapshot: string; begunAt: Date; after: bigint }

/** Fills a page up with chats that moved; a page with a token after it is never empty. */
async function movedPage(sql: Sql, request: WalkRequest, moved: Moved, chats: ChatRow[]): Promise<WalkPage> {
  const { snapshot, begunAt, after } = moved
  const room = request.limit - chats.length
  const since = new Date(begunAt.getTime() - clockSlackMs)
  const rows = await listMovedChats(sql, request.businessId, request.filter, {
    snapshot,
    since,
    after,
    limit: room + 1,
  })
  const taken = rows.slice(0, room)
  const next: WalkPlace | undefined =
    rows.length > room ? { leg: 'moved', snapshot, begunAt, after: taken.at(-1)?.chatId ?? after } : undefined
  return { chats: [...chats, ...taken], next }
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
