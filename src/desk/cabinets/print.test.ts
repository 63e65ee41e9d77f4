import { expect, test } from 'vitest'
import { printOf } from './print.ts'

const file = { name: 'счёт.txt', sizeBytes: 9 }

test.each([
  [{ text: ' раз ' }, { text: 'раз' }],
  [{ text: 'раз  \r\n  два\r' }, { text: 'раз\nдва' }],
  [{ text: 'и\u0306' }, { text: 'й' }],
  [{ text: 'a\ud800' }, { text: 'a\ufffd' }],
  [{ file }, { file: { ...file, name: file.name.normalize('NFD') } }],
])('%j and %j are one', (sent, seen) => {
  expect(printOf(seen)).toBe(printOf(sent))
})

test.each([
  [{ text: 'раз' }, { text: 'Раз' }],
  [{ text: 'file 9 счёт.txt' }, { file }],
  [{ file }, { file: { ...file, sizeBytes: 8 } }],
])('%j and %j are two', (sent, seen) => {
  expect(printOf(seen)).not.toBe(printOf(sent))
})
