import type { Urgency } from '../types.ts'
import { isCurrent, type Quota } from './quota.ts'

/** The most urgent first. */
export const urgencies = ['person', 'news', 'reconcile', 'backfill'] as const satisfies readonly Urgency[]

/** The part of an hour's calls that each urgency leaves to the more urgent ones. */
const reserved: Record<Urgency, number> = { person: 0, news: 0.05, reconcile: 0.1, backfill: 0.2 }

/** When less than this part of the hour's calls remains, backfill spreads its calls evenly to the end of the hour. */
const spreadBelow = 0.5

type Standing = {
  quota: Quota | undefined
  /** Calls under way that the quota does not count yet. */
  underWay: number
  /** When the last call of backfill began. */
  lastAt: Date | undefined
  now: Date
}

/** How long a call has to wait because of the hourly limit; 0: it may begin. */
export function waitForQuota(urgency: Urgency, { quota, underWay, lastAt, now }: Standing): number {
  if (quota === undefined || !isCurrent(quota, now)) return 0
  const leftMs = quota.until.getTime() - now.getTime()
  const spare = quota.remaining - underWay - Math.floor(quota.limit * reserved[urgency])
  if (spare <= 0) return leftMs
  if (urgency !== 'backfill' || quota.remaining >= quota.limit * spreadBelow || lastAt === undefined) return 0
  const paceMs = leftMs / spare
  // After a clock was set back the last call lies in the future.
  return Math.min(paceMs, Math.max(0, lastAt.getTime() + paceMs - now.getTime()))
}
