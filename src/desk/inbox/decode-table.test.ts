import { expect, test } from 'vitest'
import { decodeTable } from './decode-table.ts'

const text = 'Название;Текст\r\nЕдет;«Ёлка» — уже в пути №5\r\n'

/** What a table of one byte a sign makes of the text; the first half of each encoding is ASCII. */
function encodeBy(encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const signs = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from(text, sign => signs.get(sign) ?? 0x3f)
}

const utf16 = (isLittle: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return isLittle ? bytes : bytes.swap16()
}

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', utf16(true)],
  ['UTF-16, the other way round', utf16(false)],
  ['windows-1251', encodeBy('windows-1251')],
])('a table in %s is read', (_, bytes) => {
  expect(decodeTable(bytes)).toBe(text)
})

test.each([
  ['KOI8-R', encodeBy('koi8-r')],
  ['CP866', encodeBy('ibm866')],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1')],
  ['a spreadsheet that is no CSV', Buffer.from('PK\x03\x04\x14\0', 'latin1')],
])('%s is not taken for a table', (_, bytes) => {
  expect(decodeTable(bytes)).toBeUndefined()
})

test('nothing is a table without rows', () => {
  expect(decodeTable(new Uint8Array())).toBe('')
})
