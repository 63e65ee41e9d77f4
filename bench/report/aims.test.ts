import { expect, test } from 'vitest'
import { makeRow } from '../row.ts'
import { type Aim, aims, judge, missedAims } from './aims.ts'

const table: Aim[] = [
  { bench: 'reading', row: 'list', figure: 'ratio', direction: '>=', bound: 0.4 },
  { bench: 'reading', row: 'list, p99', figure: 'value', direction: '<=', bound: 40 },
  { bench: 'peers', row: 'list', figure: 'ratio', direction: '>=', bound: 2 },
]
const row = (name: string, value: number, against = 'pgbench', reference = 100) =>
  makeRow({ name, value, unit: 'per s', against, reference })

test.each([
  ['reading', row('list', 40), true],
  ['reading', row('list', 39.9), false],
  ['reading', row('list, p99', 40), true],
  ['reading', row('list, p99', 40.1), false],
  ['peers', row('list', 100), false],
  ['peers', row('list', 200), true],
  ['peers', row('list', Number.NaN), false],
])('of %s, %o: reached is %s', (bench, measured, isReached) => {
  expect(judge(bench, measured, table)?.isReached).toBe(isReached)
})

test('a row without an aim is not judged, and one held against its aim alone is', () => {
  expect(judge('reading', row('history', 1), table)).toBeUndefined()
  expect(judge('desk', row('a search, p95', 99, 'the aim'), table)?.isReached).toBe(true)
  expect(judge('desk', row('a search, p95', 101, 'the aim'), table)?.isReached).toBe(false)
})

test('an aim that no row is about is missed', () => {
  expect(missedAims('reading', [row('list', 1)], table).map(aim => aim.row)).toEqual(['list, p99'])
  expect(missedAims('start', [], table)).toEqual([])
})

test('a row of a bench has one aim', () => {
  const rows = aims.map(({ bench, row }) => `${bench}: ${row}`)
  expect(new Set(rows).size).toBe(rows.length)
})
