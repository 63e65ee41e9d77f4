import { expect, test } from 'vitest'
import { readDurationMs } from './duration.ts'
import type { Duration } from './types.ts'

test.each<[Duration, number]>([
  ['1 second', 1_000],
  ['1.5 minutes', 90_000],
  ['2 hours', 7_200_000],
  ['14 days', 1_209_600_000],
])('%s is so many milliseconds', (duration, ms) => {
  expect(readDurationMs(duration)).toBe(ms)
})

test.each(['1h', '-1 day', 'an hour', ''])('"%s" is refused with what would do', wrong => {
  expect(() => readDurationMs(wrong as Duration)).toThrow(`"${wrong}" is no duration: write '90 seconds'`)
})
