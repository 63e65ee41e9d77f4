import { expect, test } from 'vitest'
import { ensureDemo } from '#market'
import { askAdminFor } from '../support/admin.ts'
import { ask } from '../support/http.ts'
import { askLab, askLabFor } from '../support/lab.ts'
import { type TestMarket, useMarket } from '../support/test-market.ts'

const market = useMarket({ lab: { seed: 1 } })
const empty = useMarket({ lab: { seed: 1 } })

type File = { path: string; content: string }
type Exported = { state: { businesses: { id: number; chats: { status?: string }[] }[] }; files: File[] }
type Imported = { isNew: boolean; businesses: { businessId: number }[]; keys: { token: string }[] }

const exportOf = (from: Pick<TestMarket, 'url' | 'adminToken'>) => askLabFor<Exported>(from, 'GET /state')
const put = (json: object, into = market) => askLab(into, 'POST /state', json)
const putFor = (json: object, into = market) => askLabFor<Imported>(into, 'POST /state', json)

const customers = [{ id: 'anna', name: 'Анна' }]
const waiting = { customer: 'anna', messages: [{ from: 'customer', at: '-2h', text: 'Где заказ?' }] }
const makeState = (facts: object = {}) => ({
  prilavok: 1,
  customers,
  businesses: [{ name: 'Кабинет', chats: [waiting], ...facts }],
})

async function countAll(): Promise<string> {
  const [counts] = await market.sql`
    select (select count(*) from market.businesses)::text || ' ' || (select count(*) from market.chats) || ' ' ||
           (select count(*) from market.messages) || ' ' || (select count(*) from market.customers) as counts`
  return `${counts?.['counts']}`
}

test('what is exported, and imported into an empty market, is exported there as the same', async () => {
  const { businessId } = await ensureDemo(market.running.market)
  const path = `/businesses/${businessId}` as const
  await askAdminFor(market, `PATCH ${path}`, { finishedChats: 'reopen', testChatsAnswer: true })
  await askAdminFor(market, 'PUT /customers/demo-buyer-2', { name: 'Игорь', subscribedTo: [businessId] })
  const [test] = (await askAdminFor<{ campaigns: { campaignId: number }[] }>(market, `GET ${path}/campaigns`)).campaigns
  await askAdminFor(market, `POST ${path}/test-orders`, { campaignId: test?.campaignId })

  const exported = await exportOf(market)
  const imported = await putFor(exported, empty)

  expect(exported.files).toHaveLength(4)
  expect(exported.state.businesses[0]?.chats).toHaveLength(20)
  expect(await exportOf(empty)).toEqual(exported)
  expect(imported).toMatchObject({
    isNew: true,
    businesses: [{ businessId: Number(businessId) }],
    keys: [{ name: 'Демо' }],
  })
})

test('a seed is put once, whoever else puts it at the moment, and tells the same keys each time', async () => {
  const state = makeState({ name: 'Посев', keys: [{ name: 'Робот', scopes: ['all-methods'] }] })
  const [first, second] = await Promise.all([putFor({ state, once: true }), putFor({ state, once: true })])
  const { businesses, keys } = await putFor({ state, once: true })
  const [businessId, token] = [businesses[0]?.businessId, keys[0]?.token ?? '']

  const reply = await ask(`${market.url}/v2/businesses/${businessId}/chats`, {
    method: 'POST',
    headers: { 'api-key': token },
    json: {},
  })

  expect([first.isNew, second.isNew].sort()).toEqual([false, true])
  expect([first.businesses, second.businesses]).toEqual([businesses, businesses])
  expect([first.keys, second.keys]).toEqual([keys, keys])
  expect(reply.body).toMatchObject({ result: { chats: [{ context: { type: 'DIRECT' } }] } })
  expect(await putFor({ state: makeState({ name: 'Другой посев' }), once: true })).toMatchObject({ isNew: true })
})

test('a state of which the market cannot take the last line leaves nothing behind', async () => {
  const { businesses } = await putFor({ state: makeState() })
  const taken = businesses[0]?.businessId
  const before = await countAll()
  const late = { customer: 'anna', messages: [...waiting.messages, { from: 'shop', at: '+3h', text: 'Сегодня' }] }
  const someone = [...customers, { id: 'new', name: 'Новый' }]
  const refused = [
    [
      { ...makeState({ chats: [{ ...waiting, customer: 'new' }, late] }), customers: someone },
      409,
      'state.businesses[0].chats[1].messages[1].at',
    ],
    [makeState({ id: taken }), 409, 'state.businesses[0].id'],
    [makeState({ chats: [{ ...waiting, type: 'ARBITRAGE' }] }), 400, 'state.businesses[0].chats[0].type'],
    [
      makeState({ chats: [{ customer: 'anna', messages: [{ from: 'shop', file: '/etc/passwd' }] }] }),
      400,
      'state.businesses[0].chats[0].messages[0].file',
    ],
  ] as const

  for (const [state, status, at] of refused)
    expect(await put({ state })).toMatchObject({ status, body: { errors: [{ at }] } })
  expect(await countAll()).toBe(before)
})

test('files of a state are what was sent, and nothing that is no file', async () => {
  const chats = [{ customer: 'anna', messages: [{ from: 'shop', file: 'a.txt', name: '../счёт.txt' }] }]
  const content = Buffer.from('счёт').toString('base64')
  const { businesses } = await putFor({ state: makeState({ chats }), files: [{ path: 'a.txt', content }] })

  const exported = await askLabFor<Exported>(market, `GET /state?businessId=${businesses[0]?.businessId}` as 'GET /')

  expect(exported.files).toEqual([{ path: expect.stringMatching(/^files\/[0-9a-f]{16}\.txt$/), content }])
  expect(exported.state.businesses).toMatchObject([{ chats: [{ messages: [{ name: 'счёт.txt' }] }] }])
  expect(await put({ state: makeState({ chats }), files: [{ path: 'a.txt', content: 'no base64' }] })).toMatchObject({
    status: 400,
    body: { errors: [{ at: 'files[0].content' }] },
  })
})
