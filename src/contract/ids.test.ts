import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChatId, decode, idOf, maxInt64, parseInt64 } from './index.ts'

const int64 = fc.bigInt({ min: -maxInt64 - 1n, max: maxInt64 })

test('every int64 is read as it is spelled', () => {
  fc.assert(
    fc.property(int64, id => {
      expect(parseInt64(`${id}`)).toBe(id)
      if (id >= 0n) expect(parseInt64(`+${id}`)).toBe(id)
    }),
  )
})

test.each(['9223372036854775808', '-9223372036854775809', '99999999999999999999', '18446744073709551617'])(
  '%s is beyond 64 bits',
  text => expect(parseInt64(text)).toBeUndefined(),
)

test('whatever is read is an int64 and is spelled with digits', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?\d{0,21}$/)), text => {
      const id = parseInt64(text)
      if (id === undefined) return
      expect(text).toMatch(/^[+-]?\d+$/)
      expect(id).toBe(BigInt(text.replace('+', '')))
      expect(id <= maxInt64 && id >= -maxInt64 - 1n).toBe(true)
    }),
  )
})

test('an id in a body is an integer within its bounds, as a bigint', () => {
  const Id = idOf<ChatId>('an id')
  fc.assert(
    fc.property(fc.oneof(int64, fc.bigInt(), fc.maxSafeInteger(), fc.double()), value => {
      const decoded = decode(Id, value)
      const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value)
      const fits = isWhole && value >= 1 && BigInt(value) <= maxInt64

      expect(decoded.ok).toBe(fits)
      if (decoded.ok) expect(decoded.value).toBe(BigInt(value))
    }),
  )
})

test('an id in a body is never a text, a list or an object', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(fc.nat()), fc.object(), fc.boolean()), value => {
      expect(decode(idOf<ChatId>('an id', {}), value)).toEqual({ ok: false, issues: [{ rule: 'kind', at: 'body' }] })
    }),
  )
})
