import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeToken, secretPartOf } from '../keys/token.ts'
import { describeFile, describeForm, keepBytes, keepText, kept } from './body-text.ts'

const token = makeToken()
const most = 64 * 1024

test('a text that fits is kept as it is', () => {
  expect(keepText('{"a":"%20 \\u0022 ё"}', token)).toEqual({ text: '{"a":"%20 \\u0022 ё"}', isCut: false })
})

test.each([
  ['x'.repeat(most), false],
  ['x'.repeat(most + 1), true],
  ['ё'.repeat(most / 2), false],
  [`x${'ё'.repeat(most / 2)}`, true],
  ['\uFEFF😀'.repeat(most / 7), false],
])('of a text at the bound whole characters are kept', (text, isCut) => {
  const kept = keepText(text, token)

  expect(kept.isCut).toBe(isCut)
  expect(text.startsWith(kept.text)).toBe(true)
  expect(Buffer.byteLength(kept.text)).toBeGreaterThan(most - 4)
  expect(Buffer.byteLength(kept.text)).toBeLessThanOrEqual(most)
})

test('the token is gone before the text is cut', () => {
  const { text } = keepText(`${token} ${'x'.repeat(most - 30)} ${token}`, token)

  expect(text.startsWith('… x')).toBe(true)
  expect(text).not.toContain(secretPartOf(token).slice(0, 4))
})

test('whatever the text, PostgreSQL takes it and the token is not in it', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(token, secretPartOf(token), '\0', '\ud83d', '%', '\\'),
  )
  fc.assert(
    fc.property(fc.array(part), parts => {
      const { text } = keepText(parts.join(''), token)
      expect(text.isWellFormed()).toBe(true)
      expect(text).not.toContain('\0')
      expect(text).not.toContain(secretPartOf(token))
    }),
  )
})

test.each(['%', '\\u00', '%%', 'a%'])(
  'a token after %j is gone though its first letters look like the end of an escape',
  before => {
    const hexFirst = `ACMA:7A${secretPartOf(token).slice(2)}:00000000`

    expect(keepText(`${before}${secretPartOf(hexFirst)}`, hexFirst).text).toBe(`${before}…`)
  },
)

test('a file is told by its name and size', () => {
  expect(describeFile({ fileName: 'a "b".png', fileSize: 1_234_567 })).toBe('[file "a \\"b\\".png", 1 234 567 bytes]')
  expect(describeForm('999')).toBe('[multipart, 999 bytes]')
  expect(describeForm(undefined)).toBe('[multipart]')
})

test('of a long answer only the head is looked at, and no token hides at its end', () => {
  const { whole, head } = kept.answered
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (shift, tokens, isEscaped) => {
        const spelled = isEscaped ? Array.from(token, escapeOf).join('') : token
        const text = `${'x'.repeat(head - shift)}${spelled.repeat(tokens)}${'y'.repeat(whole)}`
        const log = keepText(text, token, kept.answered)
        expect(String(keepBytes(Buffer.from(text), token, kept.answered).text)).toBe(log.text)

        expect(log.isCut).toBe(true)
        expect(Buffer.byteLength(log.text)).toBeLessThanOrEqual(head)
        const plain = log.text.replaceAll(/\\u00(..)/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
        expect(plain).not.toContain(secretPartOf(token).slice(0, 6))
      },
    ),
  )
})

test.each([1, 2, 3, 4].map(shift => `${'x'.repeat(shift)}${'ё😀'.repeat(4_000)}`))(
  'of bytes whole characters are kept, wherever they are cut',
  text => {
    const { text: bytes, isCut } = keepBytes(Buffer.from(text), token, kept.answered)
    const log = String(bytes)

    expect(isCut).toBe(true)
    expect(text.startsWith(log)).toBe(true)
    expect(Buffer.byteLength(log)).toBeGreaterThan(kept.answered.head - 4)
  },
)

test.each([8 * 1024, 8 * 1024 + 1])('an answer of %i bytes is kept whole, or its first half of that', bytes => {
  const { text, isCut } = keepText('x'.repeat(bytes), token, kept.answered)

  expect({ isCut, length: text.length }).toEqual(
    bytes === 8 * 1024 ? { isCut: false, length: bytes } : { isCut: true, length: 4 * 1024 },
  )
})

const escapeOf = (character: string) => `\\u00${character.charCodeAt(0).toString(16)}`
