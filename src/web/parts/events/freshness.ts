import type { LineState } from './follow-events.ts'
import { makeWatched } from './watched.ts'

/** How fresh the screen is: `at` is when the line was last heard. */
export type Freshness = { state: LineState; at: number }

const freshness = makeWatched<Freshness>({ state: 'connecting', at: 0 })

export function noteLineState(state: LineState): void {
  freshness.write({ state, at: state === 'live' ? Date.now() : freshness.read().at })
}

export function useFreshness(): Freshness {
  return freshness.use(value => value)
}
