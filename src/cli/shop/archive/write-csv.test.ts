import { expect, test } from 'vitest'
import { spellRow } from './write-csv.ts'

test.each([
  ['=1+1', `"'=1+1"`],
  ['+79990001122', `"'+79990001122"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['\r=1', `"'\r=1"`],
  ['＝1', `"'＝1"`],
  ['"; =1', '"""; =1"'],
  ['a, b', '"a, b"'],
  ['Здравствуйте\nГде?', '"Здравствуйте\nГде?"'],
  ['512', '512'],
])('the cell %j is spelled %j', (cell, spelled) => {
  expect(spellRow([cell])).toBe(`${spelled}\r\n`)
})
