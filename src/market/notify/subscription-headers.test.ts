import { expect, test } from 'vitest'
import { headersTrouble, openHeaders, sealHeaders } from './subscription-headers.ts'

const key = Buffer.alloc(32, 7)
const shop = { businessId: 1n }
const password = [{ name: 'Authorization', value: 'Basic YTpi' }]

test('what is sealed is opened with the same key for the same business, and tells nothing meanwhile', () => {
  const sealed = sealHeaders(key, shop, password)

  expect(openHeaders(key, shop, sealed)).toEqual(password)
  expect(sealed?.toString('latin1')).not.toContain('YTpi')
  expect(() => openHeaders(Buffer.alloc(32, 8), shop, sealed)).toThrow()
  expect(() => openHeaders(key, { businessId: 2n }, sealed)).toThrow()
  expect([sealHeaders(key, shop, []), openHeaders(key, shop, null)]).toEqual([null, []])
})

test.each([
  ['a blank in a name', [{ name: 'X Y', value: 'a' }], 'names'],
  ['a line feed in a name', [{ name: 'X\nY', value: 'a' }], 'names'],
  ['a name without an end', [{ name: 'X'.repeat(101), value: 'a' }], 'names'],
  ['what the market sends', [{ name: 'Content-Type', value: 'a' }], 'content-type'],
  ['its signature', [{ name: 'Webhook-Signature', value: 'a' }], 'webhook-signature'],
  ['the host', [{ name: 'HOST', value: 'a' }], 'host'],
  ['what is of the connection', [{ name: 'Transfer-Encoding', value: 'chunked' }], 'transfer-encoding'],
  ['what is of a proxy', [{ name: 'Proxy-Authorization', value: 'a' }], 'proxy-authorization'],
  [
    'a name twice',
    [
      { name: 'X-A', value: 'a' },
      { name: 'x-a', value: 'b' },
    ],
    'once',
  ],
  ['another header in a value', [{ name: 'X-A', value: 'a\r\nX-B: b' }], 'visible ASCII'],
  ['a blank at the end', [{ name: 'X-A', value: 'a ' }], 'blanks'],
  ['other letters', [{ name: 'X-A', value: 'пароль' }], 'visible ASCII'],
  ['too much', [1, 2, 3].map(n => ({ name: `X-${n}`, value: 'a'.repeat(2_000) })), 'characters in all'],
  ['too many', Array.from({ length: 11 }, (_, n) => ({ name: `X-${n}`, value: 'a' })), 'at most 10'],
])('%s is refused', (_what, headers, why) => {
  expect(headersTrouble(headers)).toContain(why)
})

test('what gateways want is taken', () => {
  const wanted = [...password, { name: 'X-Api-Key', value: 'a b\tc' }, { name: 'cookie', value: 'a=1; b=2' }]

  expect(headersTrouble(wanted)).toBeUndefined()
})
