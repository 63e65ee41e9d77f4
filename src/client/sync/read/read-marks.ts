import type { ChatMark } from '../mirror/chat-store.ts'
import type { Errand } from '../mirror/errands.ts'
import { isOverAt, type MarketTime, secondOf } from '../mirror/market-time.ts'
import { overlapMessages, type ReadTally } from './read-tally.ts'

type ReadFacts = {
  chatId: bigint
  before: ChatMark | undefined
  /** Where the reading began; undefined: at the first message. */
  from: bigint | undefined
  /** The chat's time in the list before the reading began. */
  listedAt: Date
  tally: ReadTally
}

/** The mark after a page that was not the last. If ids ascend, an interrupted reading goes on behind it. */
export function markCutShort({ chatId, before, from, tally }: ReadFacts): ChatMark {
  return makeMark({
    chatId,
    updatedAt: before?.updatedAt ?? new Date(0),
    isRead: false,
    lastMessageId: tally.highest,
    // Only two pages show the order: one page may ascend, and the next one lie below it.
    readFrom: tally.isAscending && tally.pages > 1 ? overlapOf(tally, from) : from,
    newestAt: before?.newestAt,
  })
}

/** The mark after the last page. Messages of the newest second may have been missed, unless that second was over. */
export function markRead({ chatId, before, from, listedAt, tally }: ReadFacts, isSettled: boolean): ChatMark {
  return makeMark({
    chatId,
    updatedAt: listedAt,
    isRead: isSettled,
    lastMessageId: tally.highest,
    readFrom: overlapOf(tally, from),
    newestAt: tally.newestAt ?? before?.newestAt,
  })
}

function overlapOf({ tail }: ReadTally, from: bigint | undefined): bigint | undefined {
  return tail.length < overlapMessages ? from : tail[0]
}

/** The newest second that a reading has seen. */
export function lastSecond({ listedAt, tally }: Pick<ReadFacts, 'listedAt' | 'tally'>): number {
  return Math.max(secondOf(listedAt), tally.newestAt ? secondOf(tally.newestAt) : 0)
}

/** Whether a second was over at the market when a reading began, by the market's times or by the notification's. */
export function wasOver(second: number, begunAt: Date, { time, told }: { time: MarketTime; told: Errand['told'] }) {
  if (time.atLeast(begunAt) >= isOverAt(second)) return true
  if (!told || secondOf(told.at) > second) return false
  return told.at.getTime() + begunAt.getTime() - told.seen.getTime() >= isOverAt(second)
}

const nearSeconds = 5

/**
 * Whether the list shows a news that this reading has not found. Then a message has come below the id at which it began.
 */
export function isUnexplained({ before, listedAt, tally }: Pick<ReadFacts, 'before' | 'listedAt' | 'tally'>): boolean {
  if (!before || secondOf(listedAt) === secondOf(before.updatedAt)) return false
  const newestAt = tally.newestAt ?? before.newestAt
  if (!newestAt) return true
  const behind = secondOf(listedAt) - secondOf(newestAt)
  return behind < 0 || behind > nearSeconds
}

/** Only the fields that have a value. */
function makeMark({
  lastMessageId,
  readFrom,
  newestAt,
  ...mark
}: { [Field in keyof ChatMark]: ChatMark[Field] | undefined } & Pick<
  ChatMark,
  'chatId' | 'updatedAt' | 'isRead'
>): ChatMark {
  return {
    ...mark,
    ...(lastMessageId !== undefined && { lastMessageId }),
    ...(readFrom !== undefined && { readFrom }),
    ...(newestAt !== undefined && { newestAt }),
  }
}
