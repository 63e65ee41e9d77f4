/** What is known of the market's clock: the times in its answers, and how long ago they came. */
export type MarketTime = {
  /** The market gave this time in an answer that came at `seen`. */
  observe(told: Date, seen: Date): void
  /** The same of news that is older than what stood before it: the market's clock was set back, and what it told before does not count. */
  observeSetBack(told: Date, seen: Date): void
  /** An answer came that tells no later time: what has passed since the last one is believed from now on. */
  answered(seen: Date): void
  isKnown(): boolean
  /** The earliest that the market's clock can be at this moment, in ms. */
  atLeast(moment: Date): number
}

// Clocks of a market's processes differ by less.
const setBackMs = 10_000

/** Whether the clock was set back between two times of which the second is the newer news. */
export function isSetBack(before: Date | undefined, told: Date): boolean {
  return before !== undefined && before.getTime() - told.getTime() > setBackMs
}

// Our clock may be set forward, so no more than this is believed to have passed. It is more than a sweep looks back, so that
// in a quiet hour the chats of the last busy minute are not read again and again.
const believedMs = 60_000

export function makeMarketTime(): MarketTime {
  let best: { told: number; seen: number } | undefined
  const atLeast = (moment: Date) =>
    best ? best.told + Math.min(moment.getTime() - best.seen, believedMs) : Number.NEGATIVE_INFINITY
  return {
    observe(told, seen) {
      if (told.getTime() >= atLeast(seen)) best = { told: told.getTime(), seen: seen.getTime() }
    },
    observeSetBack(told, seen) {
      best = { told: told.getTime(), seen: seen.getTime() }
    },
    // Else nothing would ever be over whose end lies beyond what is believed to have passed.
    answered(seen) {
      if (best && seen.getTime() - best.seen >= believedMs) best = { told: atLeast(seen), seen: seen.getTime() }
    },
    isKnown: () => best !== undefined,
    atLeast,
  }
}

/** The second of a time: published times are in whole seconds. */
export function secondOf(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

// A message may become readable a little after its second is over.
const graceMs = 250

/** The market's time, in ms, from which on everything of this second can be read. */
export function isOverAt(second: number): number {
  return (second + 1) * 1000 + graceMs
}

/** How long it takes at most until everything of a second can be read. */
export const longestSecondMs: number = isOverAt(0)
