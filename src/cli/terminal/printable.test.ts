import { expect, test } from 'vitest'
import { onOneLine, printable } from './printable.ts'

test.each([
  ['an escape sequence', '\u001b[2J\u001b]0;owned\u0007', '�[2J�]0;owned�'],
  ['a C1 control', 'a\u009b31mb', 'a�31mb'],
  ['a turn of the writing direction', 'a\u202egnp.exe', 'a�gnp.exe'],
  ['a carriage return', 'ok\rno', 'ok\nno'],
  ['half of a pair', 'a\ud800b', 'a�b'],
  ['a joined emoji', '👩‍👧 ❤️', '👩‍👧 ❤️'],
  ['a text of two lines', 'Добрый день\r\n\tспасибо', 'Добрый день\n  спасибо'],
])('%s is printed harmlessly', (_what, text, printed) => {
  expect(printable(text)).toBe(printed)
})

test('a text on one line has no line feeds', () => {
  expect(onOneLine('  a\n\n b\u2028c ')).toBe('a b c')
})
