import { expect, test } from 'vitest'
import { makeRow } from '../row.ts'
import { type Judged, printFigure, printRow, printSummary, printTitles } from './print.ts'

const row = (name: string, value: number, aim?: Judged['aim']): Judged => ({
  ...makeRow({ name, value, unit: 'per s', against: 'pgbench, 8 clients', reference: 8_700 }),
  bench: 'chats',
  ...(aim && { aim }),
})
const ratioAim = { figure: 'ratio', direction: '>=', bound: 0.42, isReached: false } as const
const valueAim = { figure: 'value', direction: '<=', bound: 1_500, isReached: true } as const

test.each([
  [12_345_678.9, '12 345 679'],
  [999.6, '1 000'],
  [100, '100'],
  [99.97, '100'],
  [62.71, '62.7'],
  [9.996, '10.0'],
  [3.666, '3.67'],
  [4, '4'],
  [0, '0'],
  [Number.NaN, 'NaN'],
])('%d is printed as %s', (figure, printed) => {
  expect(printFigure(figure)).toBe(printed)
})

test('every figure stands under its title', () => {
  const titles = printTitles()
  const line = printRow(row('chat list of 20', 3_654, ratioAim))

  expect(line.indexOf('3 654') + '3 654'.length).toBe(titles.indexOf('value') + 'value'.length)
  expect(line.indexOf('pgbench')).toBe(titles.indexOf('held against'))
  expect(line.indexOf('0.42 ') + '0.42'.length).toBe(titles.indexOf('ratio') + 'ratio'.length)
  expect(line.indexOf('aim >= 0.42: not reached')).toBe(titles.lastIndexOf('aim'))
})

test('an aim of a value has its unit, and a row without an aim ends with its ratio', () => {
  expect(printRow(row('start', 1_400, valueAim))).toMatch(/aim <= 1 500 per s: reached$/)
  expect(printRow(row('start', 870))).toMatch(/ 0\.10$/)
})

test('the summary counts what is reached, and names the rest with what it came to', () => {
  const rows = [row('list', 870, ratioAim), row('start', 1_400, valueAim), row('no aim', 1)]

  expect(
    printSummary(rows, [{ bench: 'peers', row: 'chat list of 20' }])
      .trim()
      .split('\n'),
  ).toEqual([
    '1 of 2 aims reached.',
    'Not reached:',
    '  chats: list: 0.10 of >= 0.42',
    'Not measured:',
    '  peers: chat list of 20',
  ])
})
