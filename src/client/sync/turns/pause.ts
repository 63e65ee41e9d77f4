import type { ClientClock } from '../../clock.ts'

/** No calls are made while the market is away. Each failure in a row makes the pause longer. */
export type Pause = {
  begin(): void
  /** An answer has come. */
  end(): void
  /** In ms of our clock. */
  until(): number
}

const firstPauseMs = 1_000
export const longestPauseMs = 60_000

export function makePause(clock: ClientClock): Pause {
  let until = 0
  let failures = 0
  return {
    begin() {
      const now = clock.now().getTime()
      if (now >= until) until = now + pauseMs(++failures, longestPauseMs)
    },
    end() {
      failures = 0
    },
    until: () => until,
  }
}

/** The pause after so many failures in a row, in ms. */
export function pauseMs(failures: number, maxMs: number): number {
  return Math.min(firstPauseMs * 2 ** Math.max(failures - 1, 0), maxMs)
}
