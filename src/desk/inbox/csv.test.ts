import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRepliesCsv, writeRepliesCsv } from './csv.ts'

test('what is exported is imported as it was, whatever it holds', () => {
  const special = fc.constantFrom(
    '=1+1',
    '-',
    "'=",
    "''@x",
    'a"b',
    'a;b',
    'a,b',
    '\r\n',
    '\t',
    '"',
    'Здравствуйте',
    '\n',
  )
  const text = (maxLength: number) =>
    fc.array(fc.oneof(special, fc.string({ maxLength: 5 })), { minLength: 1, maxLength }).map(parts => parts.join(''))
  const trimmed = text(4).map(each => `x${each}`.trim())
  const reply = fc.record({ folder: trimmed, title: trimmed, text: text(8).filter(each => each.trim() !== '') })

  fc.assert(
    fc.property(fc.array(reply, { maxLength: 5 }), replies => {
      expect(readRepliesCsv(writeRepliesCsv(replies))).toEqual({ ok: true, replies })
    }),
  )
})

test('no cell that is exported is a formula in a spreadsheet', () => {
  const csv = writeRepliesCsv([{ folder: '=HYPERLINK("http://x")', title: '@SUM(1)', text: '-2+3' }])

  expect(csv).toBe(
    `\ufefffolder,title,text\r\n`.replace('folder,title,text', '"folder","title","text"') +
      `"'=HYPERLINK(""http://x"")","'@SUM(1)","'-2+3"\r\n`,
  )
})

test('a spreadsheet may have used semicolons, another order and no folder', () => {
  expect(readRepliesCsv('Text;Title\r\n"Добрый день; ждём";Привет\r\n;\r\n')).toEqual({
    ok: true,
    replies: [{ folder: '', title: 'Привет', text: 'Добрый день; ждём' }],
  })
})

test.each([
  ['a,b\r\n1,2', { row: 1, why: 'no columns' }],
  ['title,text\r\n"a,b', { row: 1, why: 'open quote' }],
  ['title,text\r\n a,b\r\n,b', { row: 3, why: 'no title' }],
  ['title,text\r\na, ', { row: 2, why: 'no text' }],
  [`title,text\r\na,${'x'.repeat(4097)}`, { row: 2, why: 'too long' }],
  [`title,text\r\n${'a,b\r\n'.repeat(2001)}`, { row: 2002, why: 'too many' }],
])('%#: a row that cannot be a reply is named', (csv, problem) => {
  expect(readRepliesCsv(csv)).toEqual({ ok: false, ...problem })
})
