import type { ChatMark } from '../mirror/chat-store.ts'
import type { Errand } from '../mirror/errands.ts'
import { isOverAt, type MarketTime, secondOf } from '../mirror/market-time.ts'
import { overlapMessages, type ReadTally } from './read-tally.ts'

type Facts = {
  chatId: bigint
  before: ChatMark | undefined
  /** Where the reading began; undefined: at the first message. */
  from: bigint | undefined
  /** What the list said before the reading began. */
  listedAt: Date
  tally: ReadTally
}

/** After a page that was not the last: whoever goes on begins behind it, if the order allows. */
export function markCutShort({ chatId, before, from, tally }: Facts): ChatMark {
  return makeMark({
    chatId,
    updatedAt: before?.updatedAt ?? new Date(0),
    isRead: false,
    lastMessageId: tally.highest,
    // A page alone may ascend and the next one lie below it: the order shows where two meet.
    readFrom: tally.isAscending && tally.pages > 1 ? overlapOf(tally, from) : from,
    newestAt: before?.newestAt,
  })
}

/** After the last page. What came in the same second as the newest may have been missed unless that second was over. */
export function markRead({ chatId, from, listedAt, tally }: Facts, isSettled: boolean): ChatMark {
  return makeMark({
    chatId,
    updatedAt: listedAt,
    isRead: isSettled,
    lastMessageId: tally.highest,
    readFrom: overlapOf(tally, from),
    newestAt: tally.newestAt,
  })
}

function overlapOf({ tail }: ReadTally, from: bigint | undefined): bigint | undefined {
  return tail.length < overlapMessages ? from : tail[0]
}

/** The last second of which a reading can say that it has seen it. */
export function lastSecond({ listedAt, tally }: Pick<Facts, 'listedAt' | 'tally'>): number {
  return Math.max(secondOf(listedAt), tally.newestAt ? secondOf(tally.newestAt) : 0)
}

/** Whether a second was over at the market when a reading began: by the times the market told, or by the notification's. */
export function wasOver(second: number, begunAt: Date, { time, told }: { time: MarketTime; told: Errand['told'] }) {
  if (time.atLeast(begunAt) >= isOverAt(second)) return true
  if (!told || secondOf(told.at) > second) return false
  return told.at.getTime() + begunAt.getTime() - told.seen.getTime() >= isOverAt(second)
}

const nearSeconds = 5

/**
 * Whether the list moved for a reason that was not met: neither the newest message nor one shortly before. Then something
 * came in further down than reading begins.
 */
export function isUnexplained({ before, listedAt, tally }: Pick<Facts, 'before' | 'listedAt' | 'tally'>): boolean {
  if (!before || secondOf(listedAt) === secondOf(before.updatedAt)) return false
  if (!tally.newestAt) return true
  const behind = secondOf(listedAt) - secondOf(tally.newestAt)
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
