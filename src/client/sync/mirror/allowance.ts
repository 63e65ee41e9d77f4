/**
 * What notifications may cost: calls made only because of one, that find nothing. Who can post forged ones could otherwise use
 * up the calls of an hour. What does find news is given back, so true notifications are never slowed down by it.
 */
export type Allowance = {
  /** When the next such call may be made, in ms of the clock. */
  dueAt(): number
  spend(now: number): void
  giveBack(): void
}

// Of each kind of call thirty at once, and 720 in an hour: less than the smallest limit of an hour, 1 000.
const atOnce = 30
const everyMs = 5_000

export function makeAllowance(): Allowance {
  // As if every call before took its five seconds, one after the other, this is when the last of them ends.
  let spentUntil = 0
  return {
    dueAt: () => spentUntil - (atOnce - 1) * everyMs,
    spend(now) {
      spentUntil = Math.max(spentUntil, now) + everyMs
    },
    giveBack() {
      spentUntil -= everyMs
    },
  }
}
