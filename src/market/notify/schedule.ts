const minuteMs = 60_000

/** How long to wait after a failed attempt, by how many have failed in a row: each minute for the first hour, each 15 minutes to the end of the first day, then hourly, to 14 days. */
const stages = [
  { attempts: 60, waitMs: minuteMs },
  { attempts: 92, waitMs: 15 * minuteMs },
  { attempts: 312, waitMs: 60 * minuteMs },
] as const

// Each attempt may be early or late by this share of its wait; so a wait between two attempts is off by a tenth at most.
const jitterShare = 0.05
const maxAttempts = stages.reduce((sum, { attempts }) => sum + attempts, 0)

/** No wait of the schedule is longer. */
export const longestWaitMs = 66 * minuteMs

/**
 * From the start of the attempt that was the last of `failures` failed in a row to the next one; undefined if there is none.
 * Counted in attempts that were really made: a clock that jumps disables no subscription. `jitterOf` says, from -1 to 1 and
 * always the same, how far the attempt after so many failures is from its moment. A longer wait makes the next one shorter,
 * so the last attempt comes 14 days after the first failure.
 */
export function retryDelayMs(failures: number, jitterOf: (failures: number) => number): number | undefined {
  if (failures > maxAttempts) return undefined
  return momentMs(failures, jitterOf) - momentMs(failures - 1, jitterOf)
}

/** When the attempt after so many failures is made, from the first failure on. */
function momentMs(failures: number, jitterOf: (failures: number) => number): number {
  let left = failures
  let sumMs = 0
  for (const { attempts, waitMs } of stages) {
    sumMs += Math.min(left, attempts) * waitMs
    left -= attempts
    if (left > 0) continue
    const isAnchor = failures === 0 || failures === maxAttempts
    return isAnchor ? sumMs : sumMs + Math.round(waitMs * jitterShare * jitterOf(failures))
  }
  return sumMs
}

// Half of the shortest wait: after a longer delay the lost time is not made up for by a short wait.
const maxLateMs = minuteMs / 2

/** The start of the next wait: when the attempt was due, if it was made soon after, so that small delays do not add up. */
export function momentOf({ dueAt, attemptedAt }: { dueAt: Date; attemptedAt: Date }): Date {
  const lateMs = attemptedAt.getTime() - dueAt.getTime()
  return lateMs >= 0 && lateMs <= maxLateMs ? dueAt : attemptedAt
}

/** Also due is a moment further ahead than any wait: the clock has stepped back since it was written. */
export function isDue(dueAt: Date, now: Date): boolean {
  return dueAt <= now || dueAt.getTime() > now.getTime() + longestWaitMs
}
