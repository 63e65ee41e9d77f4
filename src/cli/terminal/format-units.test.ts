import { expect, test } from 'vitest'
import { formatBytes, formatDuration } from './format-units.ts'

test('durations and sizes are told by what matters in them', () => {
  expect([400, 61_000, 3_725_000].map(ms => formatDuration(ms, 'en'))).toEqual(['1 sec', '1 min 1 sec', '1 hr 2 min'])
  expect([12, 2048, 1_258_291].map(size => formatBytes(size, 'en'))).toEqual(['12 byte', '2 kB', '1.2 MB'])
})
