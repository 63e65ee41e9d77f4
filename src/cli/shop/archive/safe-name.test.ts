import { expect, test } from 'vitest'
import { isPicture, safePath } from './safe-name.ts'

test.each([
  ['photo.JPG', 'files/7/12-1.jpg'],
  ['../../.ssh/authorized_keys', 'files/7/12-1.bin'],
  ['page.html', 'files/7/12-1.bin'],
  ['picture.svg', 'files/7/12-1.bin'],
  ['invoice.pdf.exe', 'files/7/12-1.bin'],
  ['накладная.pdf', 'files/7/12-1.pdf'],
  ['x.pdf\u0000', 'files/7/12-1.bin'],
  ['x.pdf ', 'files/7/12-1.bin'],
  ['.jpg', 'files/7/12-1.jpg'],
  ['', 'files/7/12-1.bin'],
])('a file that its sender calls %j lies at %s', (name, path) => {
  expect(safePath(7n, 12n, { index: 0, name })).toBe(path)
})

test('only pictures are shown as pictures', () => {
  expect(['files/7/12-1.jpg', 'files/7/12-1.pdf', 'files/7/12-1.bin'].map(isPicture)).toEqual([true, false, false])
})
