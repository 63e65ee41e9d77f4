import type { Sql } from '#database'
import type { LabClock } from './lab-clock.ts'
import { keepOffset } from './offset.ts'
import { Patience } from './patience.ts'

type AdvanceNeeds = {
  clock: LabClock
  sql: Sql
  /** Tells others that the clock has moved. */
  changed: () => void
  /** Resolves when everything that was due is done. */
  settled: () => Promise<unknown>
  /** Whether what is under way waits for the answer of a shop's program. */
  isOnOthers: () => boolean
  isStopping: () => boolean
}

/**
 * Moves the clock from one moment at which something is due to the next, and waits at each until that is done. The offset is
 * saved before each move, so that time does not go back after a crash. Returns how many moments there were.
 */
export async function advance(advancing: AdvanceNeeds, ms: number): Promise<number> {
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

async function move({ clock, sql, changed }: AdvanceNeeds, offsetMs: number): Promise<void> {
  await keepOffset(sql, offsetMs)
  clock.moveTo(offsetMs)
  changed()
}
