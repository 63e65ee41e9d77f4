import { type Clock, type MovableClock, makeMovableClock } from '#kit'

/** The clock of a market with a lab: the machine's, so far ahead (or behind) of it as people have moved it. */
export type LabClock = MovableClock & {
  offsetMs(): number
  /** Jumps, in either direction. What was due on the way is done at once; what waits for a later moment goes on waiting. */
  moveTo(offsetMs: number): void
}

export function makeLabClock(machine: Clock): LabClock {
  let setBackMs = 0
  const behind: Clock = { now: () => new Date(machine.now().getTime() - setBackMs), after: machine.after }
  const clock = makeMovableClock(behind)
  const offsetMs = () => clock.offsetMs() - setBackMs
  return {
    ...clock,
    offsetMs,
    moveTo(wantedMs) {
      const byMs = wantedMs - offsetMs()
      if (byMs >= 0) clock.advance(byMs)
      // Back; or the moment that the machine's clock went on meanwhile.
      setBackMs -= wantedMs - offsetMs()
    },
  }
}
