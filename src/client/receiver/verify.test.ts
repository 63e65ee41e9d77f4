import { expect, test, vi } from 'vitest'
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

const unsigned = new Headers()
const signedBySomebody = new Headers({
  'webhook-id': 'msg_1',
  'webhook-timestamp': `${began.getTime() / 1000}`,
  'webhook-signature': `v1,${btoa('made up')}`,
})
const pingLike = (more: object) => JSON.stringify({ notificationType: 'PING', ...more })

test.for<[string, Headers, string, number]>([
  ['a PING without one is answered', unsigned, serializePing(began), 200],
  ['a message without one is refused', unsigned, JSON.stringify(message()), 403],
  ['what is no JSON is refused', unsigned, '{"notificationType":"PING"', 403],
  [
    'two types in one body are the last of them',
    unsigned,
    `{"notificationType":"PING",${JSON.stringify(message()).slice(1)}`,
    403,
  ],
  ['a PING of 2 KB is refused', unsigned, pingLike({ more: 'x'.repeat(2000) }), 403],
  ['a PING with a made-up one is refused', signedBySomebody, serializePing(began), 403],
])('where a signature is wanted, %s, and no handler is started', async ([, headers, body, status]) => {
  const onMessage = vi.fn()
  const { receive, onError } = makeFetchReceiver({ verify: { secrets: secret }, onMessage, onOther: onMessage })

  expect((await receive(post(body, { headers }))).status).toBe(status)
  expect(onMessage).not.toHaveBeenCalled()
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
