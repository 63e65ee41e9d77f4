/** What is known of the market's clock without asking it: times it has told, and how long ago it told them. */
export type MarketTime = {
  /** The market told this time, and it was seen then. */
  observe(told: Date, seen: Date): void
  /** The market's clock had at least come here, in ms. */
  atLeast(moment: Date): number
}

// Our clock may be set while we run: time that it says has passed is not believed beyond this. It is more than a sweep looks
// back, so that in a quiet hour the chats of its last busy minute are not read again and again.
const believedMs = 60_000

export function makeMarketTime(): MarketTime {
  let best: { told: number; seen: number } | undefined
  const atLeast = (moment: Date) =>
    best ? best.told + Math.min(moment.getTime() - best.seen, believedMs) : Number.NEGATIVE_INFINITY
  return {
    observe(told, seen) {
      if (told.getTime() >= atLeast(seen)) best = { told: told.getTime(), seen: seen.getTime() }
    },
    atLeast,
  }
}

/** Published times are to the second, so two of one second are one and the same. */
export function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

// What is stamped with a second may become readable a little after the second is over.
const graceMs = 250

/** When the market's clock has come here, in ms, all that is stamped with this second can be read. */
export function isOverAt(second: number): number {
  return (second + 1) * 1000 + graceMs
}

/** From the first moment of a second until it is over; nothing has to wait longer. */
export const longestSecondMs: number = isOverAt(0)
