import { expect, test } from 'vitest'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeReceiver } from '../support/receiver.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

const password = { name: 'Authorization', value: 'Basic b3duOnBhc3N3b3Jk' }
type Subscription = { subscriptionId: number; headers: { name: string }[] }
type One = { subscription: Subscription }

async function makeGuarded() {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const path = `/businesses/${shop.businessId}/subscriptions` as const
  const wanted = { name: 'CRM', url: receiver.url, types: ['CHAT_CREATED'], headers: [password] }
  const { subscription } = await askAdminFor<One>(market, `POST ${path}`, wanted)
  const own = `${path}/${subscription.subscriptionId}` as const
  const sent = () => receiver.arrivals.map(({ headers }) => headers.authorization)
  const tell = async () => {
    await shop.makeChat()
    await market.running.market.deliverer.settled()
  }
  return { receiver, path, own, subscription, sent, tell }
}

test('headers of a shop go with every PING and notification, signed as ever, and are shown to nobody', async () => {
  const { receiver, path, own, subscription, sent, tell } = await makeGuarded()

  await tell()
  await askAdminFor(market, `POST ${own}/ping`)
  const listed = await askAdmin(market, `GET ${path}`)
  const deliveries = await askAdmin(market, `GET ${path.replace('subscriptions', 'deliveries') as typeof path}`)

  expect(subscription.headers).toEqual([{ name: 'Authorization' }])
  expect(sent()).toEqual([password.value, password.value, password.value])
  expect(receiver.arrivals[1]?.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-signature': expect.stringMatching(/^v1,/),
  })
  expect(listed.text + deliveries.text).not.toContain('b3duOnBhc3N3b3Jk')
  const [{ row }] = await market.sql<[{ row: string }]>`
    select s::text as row from market.subscriptions s where s.subscription_id = ${subscription.subscriptionId}`
  expect(row).not.toContain(password.value)
})

test('a value stays until it is given anew; a duplicate has them, an empty list removes them', async () => {
  const { receiver, own, sent, tell } = await makeGuarded()

  await askAdminFor(market, `PATCH ${own}`, {
    headers: [{ name: 'authorization' }, { name: 'X-Team', value: 'chats' }],
  })
  await tell()
  const copy = await askAdminFor<One>(market, `POST ${own}/duplicate`)
  await askAdminFor(market, `PATCH ${own}`, { headers: [] })
  await tell()

  expect(sent()).toEqual([password.value, password.value, undefined])
  expect(receiver.arrivals.map(({ headers }) => headers['x-team'])).toEqual([undefined, 'chats', undefined])
  expect(copy.subscription.headers).toEqual([{ name: 'authorization' }, { name: 'X-Team' }])
})

test('a sample is sent on demand as a notification is, signed and with the headers, and is no delivery', async () => {
  const { receiver, path, own } = await makeGuarded()

  const tried = await askAdmin(market, `POST ${own}/sample`, { type: 'CHAT_MESSAGE_SENT' })
  receiver.answering = 'fail'
  const failed = await askAdmin(market, `POST ${own}/sample`, { type: 'CHAT_CREATED' })
  const { body } = await askAdmin(market, `GET ${path.replace('subscriptions', 'deliveries') as typeof path}`)

  expect([tried.body, failed.body]).toMatchObject([
    { ok: true },
    { ok: false, failure: { reason: 'HTTP', status: 500 } },
  ])
  expect(receiver.arrivals[1]).toMatchObject({
    body: { notificationType: 'CHAT_MESSAGE_SENT', messageId: '65' },
    headers: { authorization: password.value, 'webhook-signature': expect.stringMatching(/^v1,/) },
  })
  expect(body).toEqual({ deliveries: [] })
})

test('values are not sent to another host than they were given for', async () => {
  const { own } = await makeGuarded()
  const other = await makeReceiver()

  const refused = await askAdmin(market, `PATCH ${own}`, { url: other.url })
  const named = await askAdmin(market, `PATCH ${own}`, { url: other.url, headers: [{ name: 'Authorization' }] })
  const without = await askAdmin(market, `PATCH ${own}`, { url: other.url, headers: [] })

  for (const { body } of [refused, named]) expect(body).toMatchObject({ status: 400, errors: [{ at: 'headers' }] })
  expect(without.status).toBe(200)
  expect(other.arrivals.map(({ headers }) => headers.authorization)).toEqual([undefined])
})

test('what the market sends itself, and a value that was never given, are refused by name', async () => {
  const { own } = await makeGuarded()
  const wanted = [[{ name: 'Host', value: 'a' }], [{ name: 'X-A' }], [{ name: 'X-A', value: 'a\r\nX-B: b' }]]

  for (const headers of wanted)
    expect((await askAdmin(market, `PATCH ${own}`, { headers })).body).toMatchObject({ errors: [{ at: 'headers' }] })
})
