import { type Clock, type MovableClock, makeMovableClock } from '#kit'

/** The clock of a market with a lab: the machine's, plus the offset to which it was moved. */
export type LabClock = MovableClock & {
  offsetMs(): number
  /** Jumps, in either direction. What was due on the way is done at once; what is due later goes on waiting. */
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
      // Moves back; after a move ahead, corrects what the machine's clock went on meanwhile.
      setBackMs -= wantedMs - offsetMs()
    },
  }
}
