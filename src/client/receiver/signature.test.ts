import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { Refused } from './answers.ts'
import { makeCheckSignature, parseSecret } from './signature.ts'

const now = new Date('2026-03-01T09:00:00Z')
const seconds = now.getTime() / 1000
const secret = Buffer.from('the secret of the subscription')
const other = Buffer.from('the secret of somebody else')
const body = Buffer.from('{"имя":"Ж"}')

const sign = (key: Buffer, timestamp: number | string = seconds, id = 'msg_1') =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`

type Told = { timestamp?: string; signature?: string; id?: string; accepts?: Buffer[]; body?: Buffer }

async function judge({ timestamp = `${seconds}`, signature = '', id = 'msg_1', accepts = [secret], ...told }: Told) {
  const headers = new Headers({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature })
  const check = makeCheckSignature(accepts.map(key => Uint8Array.from(key)))
  return check(headers, told.body ?? body, now).then(
    () => 'trusted',
    error => (error instanceof Refused ? error.message : error),
  )
}

const not = 'The signature does not fit'
const unsigned = 'The notification is not signed'
const far = "The signature's time is more than five minutes off"

test.for<[string, Told, string]>([
  ['one by its secret', { signature: sign(secret) }, 'trusted'],
  ['several, one of which is by its secret', { signature: `${sign(other)} ${sign(secret)}` }, 'trusted'],
  ['a version that is not known beside ours', { signature: `v1a,AAAA ${sign(secret)}` }, 'trusted'],
  ['one by the older of two secrets', { signature: sign(other), accepts: [secret, other] }, 'trusted'],
  ['five minutes old', { timestamp: `${seconds - 300}`, signature: sign(secret, seconds - 300) }, 'trusted'],
  ['by another secret', { signature: sign(other) }, not],
  ['for another body', { signature: sign(secret), body: Buffer.from('{}') }, not],
  ['for another id', { signature: sign(secret), id: 'msg_2' }, not],
  ['for another time', { signature: sign(secret, seconds - 1) }, not],
  ['cut short', { signature: sign(secret).slice(0, -5) }, not],
  ['the ninth of many', { signature: `${`${sign(other)} `.repeat(8)}${sign(secret)}` }, not],
  ['older than five minutes', { timestamp: `${seconds - 301}`, signature: sign(secret, seconds - 301) }, far],
  ['of the future', { timestamp: `${seconds + 301}`, signature: sign(secret, seconds + 301) }, far],
  ['with a time that is none', { timestamp: '2026-03-01', signature: sign(secret, '2026-03-01') }, far],
  ['empty', { signature: '' }, unsigned],
  ['without an id', { signature: sign(secret, seconds, ''), id: '' }, unsigned],
  ['of no version', { signature: sign(secret).slice(3) }, unsigned],
  ['no base64', { signature: 'v1,%%%' }, unsigned],
])('a signature: %s', async ([, told, verdict]) => {
  expect(await judge(told)).toBe(verdict)
})

test('a signature that begins like a version is one all the same', async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `msg_${n}`)
  const id = ids.find(id => /^v1,v\d/.test(sign(secret, seconds, id))) ?? ''

  expect(await judge({ id, signature: sign(secret, seconds, id) })).toBe('trusted')
  expect(await judge({ id, signature: `${sign(other)}, ${sign(secret, seconds, id)}` })).toBe('trusted')
})

test('the example of Standard Webhooks is trusted', async () => {
  const key = parseSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
  const headers = new Headers({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  const text = new TextEncoder().encode('{"test": 2432232314}')

  await makeCheckSignature(key ? [key] : [])(headers, text, new Date(1614265330_000))

  expect(key).toHaveLength(24)
})

test.for(['', 'whsec_', 'whsec_%%', 'whsec_AAAA', 'whsec_ABCDE'])('"%s" is no secret', text => {
  expect(parseSecret(text)).toBeUndefined()
})
