import type { ClientClock } from '../../clock.ts'
import { longestPauseMs, pauseMs } from '../mirror/pause-ms.ts'

/** No calls are made while the market is away. Each failure in a row makes the pause longer. */
export type Pause = {
  begin(): void
  /** An answer has come. */
  end(): void
  /** In ms of our clock. */
  until(): number
}

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
