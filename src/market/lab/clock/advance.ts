import type { Sql } from '#database'
import type { LabClock } from './lab-clock.ts'
import { keepOffset } from './offset.ts'
import { Patience } from './patience.ts'

export type Advancing = {
  clock: LabClock
  sql: Sql
  /** Tells that it has moved. */
  changed: () => void
  /** Resolves when nothing is under way that a moment of the clock has set off. */
  settled: () => Promise<unknown>
  /** Whether what is under way waits for a shop's answer. */
  isOnOthers: () => boolean
  isStopping: () => boolean
}

/**
 * Moves the clock as a simulation: from one moment at which something is due to the next, and at each waits for what it set
 * off. The offset is kept before each move, so that an advance that is cut short does not turn time back. Returns how many
 * moments there were.
 */
export async function advance(advancing: Advancing, ms: number): Promise<number> {
  const { clock, settled, isStopping, isOnOthers } = advancing
  const targetMs = clock.offsetMs() + ms
  const patience = new Patience({ isOnOthers })
  let steps = 0
  await patience.waitFor(settled())
  for (let next = nextOffset(clock); next <= targetMs && !isStopping(); next = nextOffset(clock)) {
    await move(advancing, next)
    await patience.waitFor(settled())
    steps++
  }
  if (!isStopping()) await move(advancing, targetMs)
  await patience.waitFor(settled())
  return steps
}

/** The offset at which the next thing is due; infinity if nothing waits. */
function nextOffset(clock: LabClock): number {
  const next = clock.nextAt()
  if (next === undefined) return Number.POSITIVE_INFINITY
  return clock.offsetMs() + Math.max(next.getTime() - clock.now().getTime(), 0)
}

async function move({ clock, sql, changed }: Advancing, offsetMs: number): Promise<void> {
  await keepOffset(sql, offsetMs)
  clock.moveTo(offsetMs)
  changed()
}
