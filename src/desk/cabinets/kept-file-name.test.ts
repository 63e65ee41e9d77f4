import { expect, test } from 'vitest'
import { keptFileName } from './kept-file-name.ts'

test.each([
  ['фото.png', 'фото.png'],
  ['C:\\tmp\\акт.pdf', 'акт.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['a\u202egnp.exe\0', 'agnp.exe\ufffd'],
  ['..', 'file'],
  [' ', 'file'],
  [`${'я'.repeat(300)}.jpeg`, `${'я'.repeat(195)}.jpeg`],
])('%j is kept as %j', (name, kept) => {
  expect(keptFileName(name)).toBe(kept)
})
