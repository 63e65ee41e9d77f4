import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notificationTypeOf } from '#contract'
import { began, makeFetchReceiver } from '../../../test/support/fetch-receiver.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const statuses = [200, 400, 403, 405, 413, 500]
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc
    .record({
      notificationType: fc.constantFrom(...Object.values(notificationTypeOf), 'PING', 'NEW'),
      businessId: fc.anything(),
      chatId: fc.oneof(fc.anything(), fc.integer()),
      messageId: fc.oneof(fc.anything(), fc.integer()),
      sentAt: fc.oneof(fc.anything(), fc.date().map(String)),
    })
    .map(body => JSON.stringify(body, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)) ?? ''),
  fc.nat(70_000).map(size => 'x'.repeat(size)),
)
const someHeaders = fc.dictionary(
  fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-forwarded-for', 'content-type'),
  fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom('v1,AAAA', `${began.getTime() / 1000}`, '5.45.207.9', '::'),
  ),
)

test('whatever comes is answered with a documented status and a published body, and no error escapes', async () => {
  const handlers = { onMessage: () => {}, onOther: () => Promise.reject(new Error('no')) }
  const receivers = [
    makeFetchReceiver(handlers).receive,
    makeFetchReceiver({ ...handlers, verify: { secrets: secret } }).receive,
    makeFetchReceiver({ ...handlers, verify: { addresses: 'yandex', proxyHeader: 'x-forwarded-for' } }).receive,
  ]
  const method = fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE')
  const asked = fc.record({ body: bodies, headers: someHeaders, method, parsedBody: fc.option(fc.anything()) })
  const seen = new Set<number>()

  await fc.assert(
    fc.asyncProperty(asked, fc.constantFrom(...receivers), async ({ body, headers, method, parsedBody }, receive) => {
      const init = { method, headers, body: body as string | Uint8Array<ArrayBuffer> } // nobody shares it
      const answer = await receive(new Request('http://shop.example/', init), parsedBody === null ? {} : { parsedBody })
      const told: unknown = await answer.json()
      seen.add(answer.status)
      expect(statuses).toContain(answer.status)
      expect(Object.keys(told as object)).toEqual(answer.status === 200 ? ['version', 'name', 'time'] : ['error']) // always an object
    }),
    { numRuns: 3_000 },
  )
  expect([...seen].sort()).toEqual([200, 400, 403, 405, 413, 500])
})
