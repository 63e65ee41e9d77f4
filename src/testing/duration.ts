import type { Duration } from './types.ts'

const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

const form = /^(\d+(?:\.\d+)?) (second|minute|hour|day)s?$/

/** Throws what a person can mend. */
export function readDurationMs(duration: Duration): number {
  const [, count, unit] = form.exec(duration) ?? []
  if (count === undefined || unit === undefined)
    throw new TypeError(`"${duration}" is no duration: write '90 seconds', '1 hour' or '14 days'`)
  return Number(count) * unitMs[unit as keyof typeof unitMs] // of the form above
}
