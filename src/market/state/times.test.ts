import { describe, expect, test } from 'vitest'
import { isTime, resolveTime } from './times.ts'

const at = { now: new Date('2026-03-01T12:00:00Z'), before: new Date('2026-02-01T00:00:00Z') }

test.each([
  ['-2h', '2026-03-01T10:00:00.000Z'],
  ['-1d2h30m5s', '2026-02-28T09:29:55.000Z'],
  ['-999999d', '1970-01-01T00:00:00.000Z'],
  ['+7m', '2026-02-01T00:07:00.000Z'],
  ['2026-02-28T15:00+03:00', '2026-02-28T12:00:00.000Z'],
  ['2026-02-28T15:00:00.125Z', '2026-02-28T15:00:00.125Z'],
])('%s is %s', (text, moment) => {
  expect(isTime(text, true)).toBe(true)
  expect(resolveTime(text, at).toISOString()).toBe(moment)
})

describe('no time is', () => {
  test.each([
    '',
    'yesterday',
    '2h',
    '-',
    '-2',
    '-2w',
    '2026-02-28',
    '2026-02-28T15:00',
    '2026-13-01T00:00Z',
    '1969-12-31T23:00Z',
  ])('%j', text => {
    expect(isTime(text, true)).toBe(false)
  })

  test('"after" where nothing is before', () => {
    expect(isTime('+7m', false)).toBe(false)
  })
})
