import type { Message } from '../../types.ts'
import type { ChatMark } from '../mirror/chat-store.ts'

/** What a reading of one chat has found so far. */
export type ReadTally = {
  seen: Set<bigint>
  /** The highest ids, ascending. */
  tail: bigint[]
  highest: bigint | undefined
  /** When the one with the highest id of this reading was written: an earlier one may be of a clock that was ahead. */
  newestAt: Date | undefined
  /** Whether every id was higher than the one before. */
  isAscending: boolean
  pages: number
  last: bigint | undefined
  /** How many were not in the store. */
  fresh: number
}

/**
 * How many messages below the highest id the next reading begins. So a message that appears late, after others with higher
 * ids, is still read. It costs no call, since a page holds more.
 */
export const overlapMessages = 20

export function beginTally(before: ChatMark | undefined): ReadTally {
  return {
    seen: new Set(),
    tail: [],
    highest: before?.lastMessageId,
    newestAt: undefined,
    isAscending: true,
    pages: 0,
    last: undefined,
    fresh: 0,
  }
}

export function tallyPage(tally: ReadTally, messages: readonly Message[]): ReadTally {
  const ids = messages.map(({ messageId }) => messageId)
  const isAscending = tally.isAscending && goesUp(tally.last === undefined ? ids : [tally.last, ...ids])
  const tail = [...new Set([...tally.tail, ...ids])].sort((a, b) => (a < b ? -1 : 1)).slice(-overlapMessages)
  const top = tail.at(-1)
  for (const id of ids) tally.seen.add(id) // the one set: a copy a page would be quadratic
  return {
    ...tally,
    tail,
    highest: top !== undefined && (tally.highest === undefined || top > tally.highest) ? top : tally.highest,
    newestAt: messages.find(({ messageId }) => messageId === top)?.createdAt ?? tally.newestAt,
    isAscending,
    pages: tally.pages + 1,
    last: ids.at(-1) ?? tally.last,
  }
}

function goesUp(ids: readonly bigint[]): boolean {
  return ids.length > 1 && ids.every((id, n) => n === 0 || id > (ids[n - 1] ?? id))
}
