import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonDepthMax, maxInt64, parseJson } from './index.ts'

const parse = (text: string) => {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.value
}

test('ordinary JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), text => {
      const expected = JSON.parse(text)
      fc.pre(!hasGiant(expected))
      expect(parse(text)).toEqual(expected)
    }),
  )
})

test('an integer of 64 bits is read digit for digit wherever it stands', () => {
  const int64 = fc.bigInt({ min: -maxInt64 - 1n, max: maxInt64 })
  fc.assert(
    fc.property(int64, fc.string(), (integer, key) => {
      const value = parse(`{${JSON.stringify(key)}:[${integer},{"a":${integer}}]}`) as Record<
        string,
        [unknown, { a: unknown }]
      > // spelled in the line above
      const [first, second] = Object.values(value)[0] ?? []

      expect(BigInt(first as bigint)).toBe(integer) // a whole number by the test's own text
      expect(second?.a).toBe(first)
      expect(typeof first).toBe(Number.isSafeInteger(Number(integer)) ? 'number' : 'bigint')
    }),
  )
})

test('digits inside a text are a text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{16,30}$/), text => {
      expect(parse(`{"a":"${text}"}`)).toEqual({ a: text })
    }),
  )
})

test('a number beyond 64 bits, or with a fraction, is no bigint', () => {
  expect(parse('[9223372036854775808, 1234567890123456.5, 1e30]')).toEqual([2 ** 63, 1234567890123456.5, 1e30])
})

test('whatever the text is, it is read or refused, and no refusal repeats it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), cutJson()), text => {
      const parsed = parseJson(text)
      if (!parsed.ok)
        expect(parsed.why).toMatch(
          /^(JSON: unexpected token( at position \d+)?|Unexpected end of content|JSON: nested deeper than 32 levels)$/,
        )
    }),
  )
})

test('JSON that is cut off is said to be cut off', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const whole = `{"a":${json}}`
      const parsed = parseJson(whole.slice(0, at % whole.length).trimEnd())
      fc.pre(!parsed.ok)
      expect(parsed).toEqual({ ok: false, why: 'Unexpected end of content' })
    }),
  )
})

test(`${jsonDepthMax} levels are read and one more is not, brackets in texts aside`, () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('[', '{'), { minLength: 1, maxLength: 60 }),
      fc.stringMatching(/^[[\]{}\\]{0,9}$/),
      (opens, text) => {
        const inner = JSON.stringify(text)
        const json = opens.reduceRight((value, open) => (open === '[' ? `[${value}]` : `{${inner}:${value}}`), inner)

        expect(parseJson(json).ok).toBe(opens.length <= jsonDepthMax)
      },
    ),
  )
})

function cutJson(): fc.Arbitrary<string> {
  return fc.tuple(fc.json(), fc.nat()).map(([json, at]) => json.slice(0, at % (json.length + 1)))
}

function hasGiant(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasGiant)
}
