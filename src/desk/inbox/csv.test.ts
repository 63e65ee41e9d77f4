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
      const rows = replies.map((one, index) => ({ row: index + 2, reply: one }))
      for (const language of ['en', 'ru'] as const)
        expect(readRepliesCsv(writeRepliesCsv(replies, language))).toEqual({ ok: true, rows, refused: [] })
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

test('a spreadsheet may have used semicolons, another order, its own ends of lines and no folder', () => {
  const [first, second] = [
    { folder: '', title: 'Привет', text: 'Добрый день; ждём' },
    { folder: '', title: 'Пока', text: '5"' },
  ]
  for (const end of ['\r\n', '\n', '\r'])
    expect(readRepliesCsv(`Текст;Название${end}"Добрый день; ждём";Привет${end};${end}"5""";Пока`)).toEqual({
      ...{ ok: true, refused: [] },
      rows: [
        { row: 2, reply: first },
        { row: 4, reply: second },
      ],
    })
})

test('rows that cannot be replies are named, and the others are read', () => {
  const csv = `title,text\r\n a,b\r\n,b\r\na, \r\n"a\r\nb",x\r\na,${'x'.repeat(4097)}\r\n`

  expect(readRepliesCsv(csv)).toEqual({
    ok: true,
    rows: [
      { row: 2, reply: { folder: '', title: 'a', text: 'b' } },
      { row: 5, reply: { folder: '', title: 'a\r\nb', text: 'x' } },
    ],
    refused: [
      { row: 3, why: 'no title' },
      { row: 4, why: 'no text' },
      { row: 6, why: 'too long' },
    ],
  })
})

test.each([
  ['', { row: 1, why: 'no columns' }],
  ['a,b\r\n1,2', { row: 1, why: 'no columns' }],
  ['title,text\r\nc,d\r\n"a,b\r\ne,f', { row: 3, why: 'open quote' }],
  [`title,text\r\na,"${'x""'.repeat(1_500_000)}`, { row: 2, why: 'open quote' }],
  [`title,text\r\n${'a,b\r\n'.repeat(10_001)}`, { row: 10_002, why: 'too many' }],
])('%#: what is no table of replies is refused as a whole', (csv, problem) => {
  expect(readRepliesCsv(csv)).toEqual({ ok: false, ...problem })
})
