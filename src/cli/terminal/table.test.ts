import { expect, test } from 'vitest'
import { formatTable } from './table.ts'

const columns = [{ title: 'CHAT', align: 'right', isFirm: true }, { title: 'BUYER' }, { title: 'STATUS' }] as const
const rows = [
  ['7', 'Анна 👍', 'waits for you'],
  ['12345', 'Пётр Очень-Длинная-Фамилия', 'finished'],
]

test('columns are aligned by what is seen', () => {
  expect(formatTable(columns, rows, { maxWidth: undefined })).toEqual([
    ' CHAT  BUYER                       STATUS',
    '    7  Анна 👍                     waits for you',
    '12345  Пётр Очень-Длинная-Фамилия  finished',
  ])
})

test('in a narrow terminal the widest column gives way first, and a firm one last', () => {
  const lines = formatTable(columns, rows, { maxWidth: 36 })
  expect(lines[2]).toBe('12345  Пётр Очень-Дл…  finished')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(36)
})

test('where there is no room at all every column is cut', () => {
  expect(formatTable(columns, rows, { maxWidth: 10 })[2]).toBe('12345  Пётр…   finis…')
})
