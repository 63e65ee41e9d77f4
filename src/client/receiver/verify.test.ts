import { expect, test } from 'vitest'
import { serializePing } from '#contract'
import { began, makeFetchReceiver, message, post } from '../../../test/support/fetch-receiver.ts'
import { InvalidInput } from '../errors.ts'
import { createReceiver } from './create-receiver.ts'
import type { From } from './receiver-options.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

test.for<[string, Headers, From, number]>([
  ['from its address', new Headers(), { address: '5.45.207.9' }, 200],
  ['from another', new Headers(), { address: '192.0.2.1' }, 403],
  ['from an address that only a header claims', new Headers({ 'x-real-ip': '5.45.207.9' }), { address: '::1' }, 403],
  ['from no known address', new Headers(), {}, 500],
  ['from a server whose own argument has another address', new Headers(), { address: { port: 1 } as never }, 500],
])('verify by address: %s', async ([, headers, from, status]) => {
  const { receive, onError } = makeFetchReceiver({ verify: { addresses: 'yandex' } })

  expect((await receive(post(message(), { headers }), from)).status).toBe(status)
  expect(onError).toHaveBeenCalledTimes(status === 500 ? 1 : 0)
})

test.for<[string | undefined, number]>([
  ['5.45.207.9', 200],
  ['192.0.2.1, 5.45.207.9', 200],
  ['5.45.207.9, 192.0.2.1', 403],
  ['5.45.207.9,', 403],
  [undefined, 403],
])('verify by the header of a proxy: the last address counts, "%s"', async ([forwarded, status]) => {
  const { receive } = makeFetchReceiver({ verify: { addresses: 'yandex', proxyHeader: 'X-Forwarded-For' } })
  const headers = new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded })

  expect((await receive(post(message(), { headers }), { address: '5.45.207.9' })).status).toBe(status)
})

test('where a signature is wanted, a PING without one is refused with an error that is not final', async () => {
  const { tell, onError } = makeFetchReceiver({ verify: { secrets: secret } })

  expect(await tell(serializePing(began))).toBe(403)
  expect(onError).not.toHaveBeenCalled()
})

test('where a signature is wanted, a parsed body is a mistake, and the error says what to do', async () => {
  const { receive, onError } = makeFetchReceiver({ verify: { secrets: secret } })

  const answer = await receive(post(''), { parsedBody: message() })

  expect(answer.status).toBe(500)
  expect(onError.mock.calls[0]?.[0]).toMatchObject({ message: expect.stringContaining('rawBody') })
})

test.for<[string, object]>([
  ['no name', { name: '' }],
  ['a long name', { name: 'x'.repeat(101) }],
  ['no version', { version: ' ' }],
  ['a business that is none', { businessId: 'seven' }],
  ['a business that a number cannot hold', { businessId: 2 ** 53 }],
  ['a memory below nothing', { rememberMost: -1 }],
  ['nothing to verify', { verify: {} }],
  ['a secret that is not set', { verify: { secrets: undefined } }],
  ['no secrets', { verify: { secrets: [] } }],
  ['one secret that is none', { verify: { secrets: [secret, ''] } }],
  ['no addresses', { verify: { addresses: [] } }],
  ['addresses that are a text', { verify: { addresses: '10.0.0.0/8' } }],
  ['a range that is none', { verify: { addresses: ['10.0.0.0/99'] } }],
  ['a header without addresses', { verify: { secrets: secret, proxyHeader: 'x-real-ip' } }],
  ['a header that is none', { verify: { addresses: 'yandex', proxyHeader: 'x real ip' } }],
])('options that cannot be right are refused: %s', ([, options]) => {
  expect(() => createReceiver({ name: 'Лавка', ...options })).toThrow(InvalidInput)
})

test('no secret is shown when one of several is wrong', () => {
  const make = () => createReceiver({ name: 'Лавка', verify: { secrets: [secret, 'whsec_short'] } })

  expect(make).toThrow(expect.not.objectContaining({ message: expect.stringMatching(/MfKQ|short/) }))
})
