import { expect, test } from 'vitest'
import { serializeRow } from './write-csv.ts'

test.each([
  ['=1+1', `"'=1+1"`],
  ['+79990001122', `"'+79990001122"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t'=1"`],
  ['a;=1+1;b', `"a;'=1+1;b"`],
  ["привет; =cmd|' /C calc'!A0", `"привет; '=cmd|' /C calc'!A0"`],
  ['a;"=1', `"a;""'=1"`],
  ['a,-1', `"a,'-1"`],
  ['a\n=1', `"a\n'=1"`],
  ['a\u001b[2J\u0007\u009b', 'a\ufffd[2J\ufffd\ufffd'],
  ['50 = 50', '50 = 50'],
  ['  =1', `"'  =1"`],
  ['\r=1', `"'\n'=1"`],
  ['＝1', `"'＝1"`],
  ['"; =1', `"""; '=1"`],
  ['a, b', '"a, b"'],
  ['Здравствуйте\nГде?', '"Здравствуйте\nГде?"'],
  ['512', '512'],
])('the cell %j is written %j', (cell, written) => {
  expect(serializeRow([cell])).toBe(`${written}\r\n`)
})
