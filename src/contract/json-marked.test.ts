import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maxInt64, parseJson, serializeJson } from './index.ts'
import { parseMarked, serializeMarked } from './json-marked.ts'

/** What json.ts does with the spelling of a number. */
const exactly = (source: string, value: number) => {
  const isInt64 = /^-?\d{16,19}$/.test(source) && BigInt(source) <= maxInt64 && BigInt(source) >= -maxInt64 - 1n
  return isInt64 && !Number.isSafeInteger(value) ? BigInt(source) : value
}

const mark = '\uE000'
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.stringMatching(/^\d{15,20}$/),
  fc
    .array(fc.constantFrom(mark, '\\', '"', ':', ' ', '9007199254740993', '-', '\\ue000', '{', ',', 'x'), {
      maxLength: 6,
    })
    .map(parts => parts.join('')),
)
const number = fc.oneof(
  fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }).map(String),
  fc.bigInt({ min: -maxInt64 - 3n, max: -maxInt64 + 3n }).map(String),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 19n }), fc.nat(99999), fc.integer({ min: -30, max: 30 }))
    .map(([whole, fraction, exponent]) => `-${whole}.${fraction}E${exponent}`),
  fc
    .tuple(fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }), fc.integer({ min: -3, max: 3 }))
    .map(([n, e]) => `${n}e${e}`),
)
/** A string as one of its spellings: as JSON.stringify has it, or each unit escaped. */
const spelled = fc
  .tuple(nasty, fc.boolean())
  .map(([text, isEscaped]) =>
    isEscaped
      ? `"${[...Array(text.length).keys()].map(at => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
      : JSON.stringify(text),
  )
// Node's JSON.parse may read an escaped key as another one that has a backslash in it (nodejs/node#63785). No name in the
// contract has one.
const key = spelled.filter(text => !(JSON.parse(text) as string).includes('\\'))
const space = fc.constantFrom('', ' ', '\n', '\t ')
const json = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(number, spelled, fc.constantFrom('true', 'false', 'null')),
    fc.tuple(space, fc.array(tie('value'), { maxLength: 4 })).map(([gap, items]) => `[${gap}${items.join(`${gap},`)}]`),
    fc
      .tuple(space, fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }))
      .map(([gap, pairs]) => `{${pairs.map(([key, value]) => `${gap}${key}${gap}:${gap}${value}`).join(',')}}`),
  ),
})).value

test('a runtime that does not show how a number was spelled reads the same', () => {
  fc.assert(
    fc.property(json, text => {
      const native = parseJson(text)
      expect(native).toEqual({ ok: true, value: parseMarked(text, exactly) })
    }),
    { numRuns: 3000 },
  )
})

test.each(['\\uE000', '\\ue000', mark])('a text that begins with the mark, spelled %s, is a text', spelled => {
  const text = `["${spelled}9007199254740993"]`
  expect(parseMarked(text, exactly)).toEqual([`${mark}9007199254740993`])
})

test('a key with backslashes is a key, whatever follows', () => {
  const text = String.raw`{"ends in one\\":9007199254740993,"has one\": a colon":9007199254740995,"a mark \\uE000":[{"\\\"1":-9007199254740993}]}`
  expect(parseMarked(text, exactly)).toEqual({
    'ends in one\\': 9007199254740993n,
    'has one": a colon': 9007199254740995n,
    'a mark \\uE000': [{ '\\"1': -9007199254740993n }],
  })
})

test('it spells the same', () => {
  const value = fc.anything({
    withBigInt: true,
    withNullPrototype: false,
    key: nasty,
    values: [nasty, fc.bigInt(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
  })
  fc.assert(
    fc.property(value, value => {
      expect(serializeMarked(value)).toBe(serializeJson(value))
    }),
    { numRuns: 3000 },
  )
})

test('what is no JSON is refused by it in the same words', () => {
  fc.assert(
    fc.property(json, fc.nat(), (text, at) => {
      const cut = text.slice(0, at % (text.length + 1))
      const refusal = refusalOf(() => JSON.parse(cut))
      fc.pre(refusal !== undefined)
      expect(refusalOf(() => parseMarked(cut, exactly))).toBe(refusal)
    }),
  )
})

function refusalOf(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    return `${error}`
  }
}

test('a long string costs no stack', () => {
  const text = JSON.stringify(['\\"'.repeat(1_000_000), 'x'.repeat(3_000_000)])
  expect(parseMarked(text, exactly)).toEqual(JSON.parse(text))
})
