import { describe, expect, test } from 'vitest'
import { chatContextTypes, chatStatuses, chatTypes, senders } from '#contract'
import { Problem } from '#kit'
import { type Demo, ensureDemo } from '#market'
import { MarketClient } from '../../src/client/index.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Chats = {
  result: { chats: { chatId: number; type: string; status: string; context: { type: string } }[]; paging: object }
}
type History = { result: { messages: { sender: string; payload?: { url: string; name: string }[] }[] } }

async function shop<Body>({ businessId, apiKey }: Demo, path: string): Promise<Body> {
  const reply = await ask(`${market.url}/v2/businesses/${businessId}${path}`, {
    method: 'POST',
    headers: { 'api-key': apiKey },
    json: {},
  })
  return reply.body as Body // the published answer
}

test('the demo business has every status, context, type and sender, files included, and is made once', async () => {
  const [demo, again] = await Promise.all([ensureDemo(market.running.market), ensureDemo(market.running.market)])
  const { result } = await shop<Chats>(demo, '/chats?limit=20')
  const histories = await Promise.all(
    result.chats.map(chat => shop<History>(demo, `/chats/history?chatId=${chat.chatId}`)),
  )
  const messages = histories.flatMap(history => history.result.messages)

  expect(result.chats).toHaveLength(20)
  expect(result.paging).toEqual({})
  expect(new Set(result.chats.map(chat => chat.status))).toEqual(new Set(chatStatuses))
  expect(new Set(result.chats.map(chat => chat.context.type))).toEqual(new Set(chatContextTypes))
  expect(new Set(result.chats.map(chat => chat.type))).toEqual(new Set(chatTypes))
  expect(new Set(messages.map(message => message.sender))).toEqual(new Set(senders))
  expect(messages.flatMap(message => message.payload ?? []).map(file => file.name)).toContain('IMG_2031.png')
  expect(again).toMatchObject({ businessId: demo.businessId, apiKey: demo.apiKey })
})

test('the demo has the campaigns, customers, orders and returns that it promises', async () => {
  await ensureDemo(market.running.market)
  const [counts] = await market.sql`
    select (select count(*) from market.campaigns)::integer as shops, (select count(*) from market.customers)::integer as buyers,
           (select count(*) from market.orders)::integer as orders, (select count(*) from market.returns)::integer as returns`

  expect(counts).toEqual({ shops: 3, buyers: 12, orders: 30, returns: 6 })
})

test('every order of the demo has items with prices in roubles, and a parcel under way has its number', async () => {
  const demo = await ensureDemo(market.running.market)
  const client = new MarketClient({ baseUrl: market.url, apiKey: demo.apiKey, businessId: demo.businessId })
  const orders = await Array.fromAsync(client.orders.list())
  const parcels = orders.filter(({ programType, status }) => programType === 'DBS' && status === 'DELIVERY')

  expect(orders).toHaveLength(30)
  expect(orders.filter(({ prices }) => prices?.payment?.currencyId !== 'RUR' || !(prices.payment.value > 100))).toEqual(
    [],
  )
  expect(orders.some(({ items }) => items.length > 1)).toBe(true)
  expect(parcels.map(({ delivery }) => delivery.tracks?.[0]?.trackCode)).toEqual([expect.stringMatching(/^VS\d{7}$/)])
})

test('a picture of the demo is served as one', async () => {
  const demo = await ensureDemo(market.running.market)
  const { result } = await shop<Chats>(demo, '/chats?limit=20')
  const histories = await Promise.all(
    result.chats.map(chat => shop<History>(demo, `/chats/history?chatId=${chat.chatId}`)),
  )
  const file = histories.flatMap(history => history.result.messages).flatMap(message => message.payload ?? [])[0]

  const answer = await fetch(file?.url ?? '', { headers: { 'api-key': demo.apiKey } })

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('image/png')
})

describe('keys of the demo', () => {
  type Keys = { keys: { keyId: number; name: string; revokedAt?: string }[] }
  const listKeys = async (demo: Demo) => {
    const { keys } = await askAdminFor<Keys>(market, `GET /businesses/${demo.businessId}/keys`)
    return keys
  }
  const revokeAll = async (demo: Demo) => {
    for (const { keyId } of await listKeys(demo))
      await askAdminFor(market, `DELETE /businesses/${demo.businessId}/keys/${keyId}`)
  }
  const ensure = () => ensureDemo(market.running.market)

  test('one that is revoked is followed by one other, the same at each start', async () => {
    const first = await ensure()
    await revokeAll(first)

    const [second, again] = await Promise.all([ensure(), ensure()])

    expect(second.apiKey).not.toBe(first.apiKey)
    expect([again.apiKey, (await ensure()).apiKey]).toEqual([second.apiKey, second.apiKey])
    expect((await listKeys(first)).filter(key => key.revokedAt === undefined)).toHaveLength(1)
    expect((await shop<Chats>(second, '/chats?limit=20')).result.chats).toHaveLength(20)
  })

  test('are counted like all others: the one there is goes on, and no other is made beyond the bound', async () => {
    const demo = await ensure()
    const fill = async () => {
      const key = { name: 'Ещё', scopes: ['communication'] }
      const path = `POST /businesses/${demo.businessId}/keys` as const
      while ((await askAdmin(market, path, key)).status === 201);
    }
    await fill()
    const full = await ensure()
    await revokeAll(demo)
    await fill()

    expect(full.apiKey).toBe(demo.apiKey)
    await expect(ensure()).rejects.toThrow(Problem)
    await expect(ensure()).rejects.toThrow(/has 30 keys, and none is the demo's: .*revoke a key of business \d+/)
  })
})
