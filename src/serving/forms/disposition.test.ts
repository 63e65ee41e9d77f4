import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDisposition } from './disposition.ts'

/** As it comes: UTF-8, one character to a byte. */
const bytes = (text: string) => Buffer.from(text).toString('latin1')
const nameIn = (parameters: string) => readDisposition(bytes(`form-data; name="file"; ${parameters}`))?.file

const invoice = 'накладная № 7.png'
const percent = encodeURIComponent(invoice)
const base64 = Buffer.from(invoice).toString('base64')

test.each([
  ['UTF-8 as it is', `filename="${invoice}"`],
  ['filename*', `filename*=UTF-8''${percent}`],
  ['filename* with a language, small letters and spaces', `filename* = utf-8'ru'${percent.toLowerCase()} `],
  ['filename* after another name', `filename="invoice.png"; filename*=UTF-8''${percent}`],
  ['filename* before another name', `filename*=UTF-8''${percent}; filename="invoice.png"`],
  ['both of .NET', `filename="=?utf-8?B?${base64}?="; filename*=utf-8''${percent}`],
  ['an encoded word in base64', `filename="=?utf-8?B?${base64}?="`],
  ['an encoded word in Q', `filename="=?UTF-8?q?${percent.replaceAll('%20', '_').replaceAll('%', '=')}?="`],
  ['an encoded word in windows-1251', 'filename="=?windows-1251?Q?=ED=E0=EA=EB=E0=E4=ED=E0=FF_=B9_7.png?="'],
  [
    'a character that is cut by two words',
    `filename="=?utf-8?Q?=D0?= =?utf-8?Q?${percent.replaceAll('%', '=').slice(3)}?="`,
  ],
  ['percent codes throughout', `filename="${percent}"`],
])('%s gives the same name', (_title, parameters) => {
  expect(nameIn(parameters)).toEqual({ name: invoice })
})

test.each([
  ['a "b" 7.png', 'filename="a %22b%22 7.png"'],
  ['a "b" 7.png', 'filename="a \\"b\\" 7.png"'],
  ['a "b" 7.png', 'filename="a%20%22b%22%207.png"'],
  ['line\r\nbreak ü', 'filename="line%0D%0Abreak ü"'],
  ['100% sure.txt', 'filename="100% sure.txt"'],
  ['50%25 ü.txt', 'filename="50%25 ü.txt"'],
  ['50%ff.txt', 'filename="50%ff.txt"'],
  ['50%FF.txt', 'filename="50%FF.txt"'],
  ['C:\\new\\a.txt', 'filename="C:\\new\\a.txt"'],
  ['a;b=c.txt', 'filename="a;b=c.txt"'],
  ['a.txt', 'filename=a.txt'],
  ['open.txt', 'filename="open.txt'],
  ['first.txt', 'filename="first.txt"; filename="second.txt"'],
  ['', 'filename=""'],
])('%j is what %s says', (name, parameters) => {
  expect(nameIn(parameters)).toEqual({ name })
})

test.each([
  ['bad percent codes', "filename*=UTF-8''%D0%GG"],
  ['half a character', "filename*=UTF-8''%D0"],
  ['an unknown charset', "filename*=KLINGON''abc"],
  ['another charset', "filename*=windows-1251''%ED%E0%EA"],
  ['no charset', 'filename*=abc'],
])('a filename* with %s is passed over for the other name, and nothing is a name without one', (_title, lie) => {
  expect(nameIn(`${lie}; filename="a.txt"`)).toEqual({ name: 'a.txt' })
  expect(nameIn(lie)).toBe('unreadable')
})

test.each(['=?utf-8?B?!!!?=', '=?utf-8?Q?=D0?=', '=?KLINGON?Q?abc?=', '=?utf-8?X?abc?=', 'a =?utf-8?Q?b?='])(
  '%s is no encoded word, and stays as it is',
  name => expect(nameIn(`filename="${name}"`)).toEqual({ name }),
)

test('bytes that are not UTF-8 are no name, and a part without a name is no file', () => {
  expect(readDisposition('form-data; name="file"; filename="\xff\xfe"')?.file).toBe('unreadable')
  expect(nameIn('x=y')).toBeUndefined()
  expect(readDisposition('attachment; filename="a.txt"')).toBeUndefined()
  expect(readDisposition('')).toBeUndefined()
})

test('every name comes back from every spelling', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter(name => name.isWellFormed() && !name.includes('\ufeff'))
  fc.assert(
    fc.property(names, name => {
      const encoded = encodeURIComponent(name)
      expect(nameIn(`filename*=UTF-8''${encoded.replaceAll("'", '%27')}`)).toEqual({ name })
      expect(nameIn(`filename="=?utf-8?B?${Buffer.from(name).toString('base64')}?="`)).toEqual({ name })
    }),
  )
})

test('a header made to be slow is read in one pass', () => {
  for (const piece of ['; ', ';a=";', ';a="\\"', '=?a?b?', ';filename*=', "'"]) {
    const header = `form-data${piece.repeat(100_000)}`
    expect(() => readDisposition(header)).not.toThrow()
  }
})
