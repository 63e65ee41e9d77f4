import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileNameMaxLength } from '#contract'
import { cleanFileName, contentDisposition } from './file-name.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[./\\:"'%;=\r\n\t a-zА-я\u202e]*$/),
  fc
    .array(fc.constantFrom('..', '/', '\\', '\r\n', '"', '\u202e', '😀', '.', 'a', '\0', '\u2028', '\ud83d'))
    .map(parts => parts.join('')),
)

test('a clean name is no path, has no control or direction characters, and is not too long', () => {
  fc.assert(
    fc.property(hostile, name => {
      const clean = cleanFileName(name)

      expect(clean).not.toMatch(/[/\\]|^\.*$|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(clean.length).toBeGreaterThan(0)
      expect(clean.length).toBeLessThanOrEqual(fileNameMaxLength)
      expect(clean.isWellFormed()).toBe(true)
      expect(cleanFileName(clean)).toBe(clean)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['отчёт за март.pdf', 'отчёт за март.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system.ini', 'system.ini'],
  ['..', 'file'],
  ['', 'file'],
  [undefined, 'file'],
  ['a\r\nSet-Cookie: b', 'aSet-Cookie: b'],
  ['photo\u202egnp.exe', 'photognp.exe'],
  [' a.txt ', 'a.txt'],
  [`${'я'.repeat(300)}.tar.gz`, `${'я'.repeat(197)}.gz`],
  [`${'a'.repeat(300)}`, 'a'.repeat(200)],
])('%j becomes %j', (name, clean) => expect(cleanFileName(name)).toBe(clean))

test('a header for a name is one line of ASCII in which every quote has its pair', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('inline', 'attachment'), (name, kind) => {
      const clean = cleanFileName(name)
      const header = contentDisposition(kind, clean)
      const [, ascii, encoded] =
        /^(?:inline|attachment); filename="([^"\\]*)"; filename\*=UTF-8''([\w.!~%-]*)$/.exec(header) ?? []

      expect(header).toMatch(/^[ -~]+$/)
      expect(ascii).toHaveLength(clean.length)
      expect(decodeURIComponent(encoded ?? '%')).toBe(clean)
    }),
    { numRuns: 1000 },
  )
})
