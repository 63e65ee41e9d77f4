import { expect, test } from 'vitest'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Business = { business: { businessId: number } }
type Key = { key: { keyId: number }; token: string }

test('the admin makes a business with a shop and a key, and the key opens the published API', async () => {
  const { business } = await askAdminFor<Business>(market, 'POST /businesses', { name: '  Тёплый дом  ' })
  const path = `/businesses/${business.businessId}` as const
  const shop = await askAdminFor(market, `POST ${path}/campaigns`, { domain: 'dom.ru', placementType: 'DBS' })
  const { token, key } = await askAdminFor<Key>(market, `POST ${path}/keys`, { name: 'CRM', scopes: ['communication'] })
  const campaigns = await ask(`${market.url}/v2/campaigns`, { headers: { 'api-key': token } })

  expect(business).toMatchObject({ name: 'Тёплый дом', directMessages: 'off', apiDisabled: false })
  expect(shop).toMatchObject({ campaign: { domain: 'dom.ru', placementType: 'DBS' } })
  expect(key).toMatchObject({ name: 'CRM', scopes: ['communication'] })
  expect(campaigns.body).toMatchObject({ campaigns: [{ domain: 'dom.ru', business: { name: 'Тёплый дом' } }] })
})

test('an id that the marketplace brings is kept digit for digit, is taken once, and leaves others to be found', async () => {
  const businessId = 9223372036854775807n
  const first = await askAdmin(market, 'POST /businesses', { businessId, name: 'Последний' })
  const second = await askAdmin(market, 'POST /businesses', { businessId, name: 'Второй' })
  const read = await askAdmin(market, `GET /businesses/${businessId}`)
  const next = await askAdmin(market, 'POST /businesses', { name: 'Без номера' })
  const shop = { campaignId: businessId, domain: 'лавка', placementType: 'FBS' }
  const shops = [shop, shop, { ...shop, campaignId: undefined }]
  const made = []
  for (const one of shops) made.push((await askAdmin(market, `POST /businesses/${businessId}/campaigns`, one)).status)

  expect(first.body).toMatchObject({ business: { businessId, name: 'Последний' } })
  expect(second.status).toBe(409)
  expect(read.body).toEqual(first.body)
  expect(next.status).toBe(201)
  expect(made).toEqual([201, 409, 201])
})

test('businesses and shops that are made at the same moment all get numbers of their own', async () => {
  const { businessId } = await makeBusiness(market)
  const many = Array.from({ length: 12 })

  const businesses = await Promise.all(many.map(() => askAdmin(market, 'POST /businesses', { name: 'Разом' })))
  const shop = { domain: 'Разом', placementType: 'FBY' }
  const shops = await Promise.all(many.map(() => askAdmin(market, `POST /businesses/${businessId}/campaigns`, shop)))

  const ids = (replies: typeof shops, kind: string, id: string) =>
    new Set(replies.map(({ body }) => (body as Record<string, Record<string, number>>)[kind]?.[id])) // as answered
  expect(businesses.map(reply => reply.status)).toEqual(many.fill(201))
  expect(ids(businesses, 'business', 'businessId').size).toBe(12)
  expect(ids(shops, 'campaign', 'campaignId').size).toBe(12)
})

test('lists are walked page by page, each thing once, and their tokens are good for nothing else', async () => {
  const { businessId } = await makeBusiness(market)
  for (const domain of ['а', 'б', 'в', 'г'])
    await askAdminFor(market, `POST /businesses/${businessId}/campaigns`, { domain, placementType: 'FBS' })
  type Page = { campaigns: { domain: string }[]; nextPageToken?: string }
  const path = `/businesses/${businessId}/campaigns?limit=2` as const

  const pages: Page[] = [await askAdminFor<Page>(market, `GET ${path}`)]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await askAdminFor<Page>(market, `GET ${path}&pageToken=${token}`))
  const token = pages[0]?.nextPageToken
  const elsewhere = await askAdmin(market, `GET /businesses?pageToken=${token}`)
  type Businesses = { businesses: { businessId: number }[]; nextPageToken: string }
  const first = await askAdminFor<Businesses>(market, 'GET /businesses?limit=1')
  const second = await askAdminFor<Businesses>(market, `GET /businesses?limit=1&pageToken=${first.nextPageToken}`)

  const domains = pages.flatMap(page => page.campaigns.map(campaign => campaign.domain)).sort()
  expect(domains).toEqual(['Лавка', 'а', 'б', 'в', 'г'])
  expect(pages.map(page => page.campaigns.length)).toEqual([2, 2, 1])
  expect(elsewhere.body).toMatchObject({ status: 400, errors: [{ at: 'pageToken' }] })
  expect(second.businesses[0]?.businessId).toBeGreaterThan(Number(first.businesses[0]?.businessId))
})

test('a change of a business is partial and takes effect at once', async () => {
  const shop = await makeBusiness(market)
  const path = `/businesses/${shop.businessId}` as const
  await shop.call('/chats', {})

  const disabled = await askAdmin(market, `PATCH ${path}`, { apiDisabled: true, name: null })
  const shut = await shop.call('/chats', {})
  const renamed = await askAdmin(market, `PATCH ${path}`, { name: 'Другое имя', apiDisabled: false })
  const open = await shop.call('/chats', {})
  const unchanged = await askAdmin(market, `PATCH ${path}`, {})

  expect(disabled.body).toMatchObject({ business: { name: `Кабинет ${shop.businessId}`, apiDisabled: true } })
  expect(shut.body).toMatchObject({ errors: [{ code: 'API_DISABLED' }] })
  expect(renamed.body).toMatchObject({ business: { name: 'Другое имя', apiDisabled: false, directMessages: 'off' } })
  expect(open.status).toBe(200)
  expect(unchanged.body).toEqual(renamed.body)
})

test('a token is shown once, a revoked key opens nothing from then on, and both are listed', async () => {
  const shop = await makeBusiness(market)
  const path = `/businesses/${shop.businessId}/keys` as const
  const { key, token } = await askAdminFor<Key>(market, `POST ${path}`, { name: 'На время', scopes: ['communication'] })
  const headers = { 'api-key': token }
  const chats = `${market.url}/v2/businesses/${shop.businessId}/chats`

  const before = await ask(chats, { method: 'POST', headers, json: {} })
  const revoked = await askAdmin(market, `DELETE ${path}/${key.keyId}`)
  const after = await ask(chats, { method: 'POST', headers, json: {} })
  const again = await askAdmin(market, `DELETE ${path}/${key.keyId}`)
  await market.running.market.keyring.saveUses()
  const list = await askAdmin(market, `GET ${path}`)

  expect([before.status, revoked.status, revoked.text, again.status]).toEqual([200, 204, '', 204])
  expect(after.body).toMatchObject({ errors: [{ message: 'Api-Key token is revoked' }] })
  expect(list.body).toMatchObject({
    keys: [
      { name: 'Ключ', scopes: ['communication'] },
      { name: 'На время', lastUsedAt: expect.any(String), revokedAt: expect.any(String) },
    ],
  })
  expect(list.text).not.toMatch(/ACMA:|token|"revokedAt":null/)
})

test('a business has at most 30 live keys, also when they are made at the same moment', async () => {
  const shop = await makeBusiness(market)
  const path = `/businesses/${shop.businessId}/keys` as const
  const make = () => askAdmin(market, `POST ${path}`, { name: 'Ещё', scopes: ['all-methods'] })

  const made = await Promise.all(Array.from({ length: 33 }, make))
  const { keys } = await askAdminFor<{ keys: { keyId: number }[] }>(market, `GET ${path}`)
  await askAdmin(market, `DELETE ${path}/${keys[0]?.keyId}`)
  const instead = await make()

  expect(made.filter(reply => reply.status === 201)).toHaveLength(29)
  expect(made.find(reply => reply.status !== 201)?.body).toMatchObject({
    status: 409,
    detail: expect.stringContaining('revoke one first'),
  })
  expect(instead.status).toBe(201)
})

test('a customer is put whole again and again, and racing calls leave one of the lists', async () => {
  const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
  const publicId = 'Ünïcode/%25 ключ? #1'
  const path = `/customers/${encodeURIComponent(publicId)}` as const

  const first = await askAdmin(market, `PUT ${path}`, { name: 'Анна', subscribedTo: [one.businessId] })
  const renamed = await askAdmin(market, `PUT ${path}`, { name: 'Анна П.' })
  const lists = Array.from({ length: 10 }, (_, index) => [index % 2 ? one.businessId : two.businessId])
  const racing = await Promise.all(
    lists.map(subscribedTo => askAdmin(market, `PUT ${path}`, { name: 'Анна', subscribedTo })),
  )
  const last = await askAdmin(market, `PUT ${path}`, { name: 'Анна', subscribedTo: [] })

  expect(first.body).toEqual({ customer: { publicId, name: 'Анна', subscribedTo: [Number(one.businessId)] } })
  expect(renamed.body).toMatchObject({ customer: { name: 'Анна П.', subscribedTo: [Number(one.businessId)] } })
  expect(racing.map(reply => reply.status)).toEqual(lists.map(() => 200))
  expect(last.body).toMatchObject({ customer: { subscribedTo: [] } })
})

test('an order is put as the order system has it now; its shop and customer stay', async () => {
  const shop = await makeBusiness(market)
  const orderId = 9223372036854775807n
  const path = `/businesses/${shop.businessId}/orders/${orderId}` as const
  const order = { campaignId: shop.campaignId, customerPublicId: shop.customer.publicId }
  const items = [{ offerId: 'чайник-1', name: 'Чайник', count: 2 }]
  await askAdminFor(market, 'PUT /customers/somebody-else', { name: 'Кто-то' })

  const first = await askAdmin(market, `PUT ${path}`, { ...order, items })
  const second = await askAdmin(market, `PUT ${path}`, { ...order, items, status: 'DELIVERED' })
  const stolen = await askAdmin(market, `PUT ${path}`, { ...order, customerPublicId: 'somebody-else' })
  const read = await askAdmin(market, `GET ${path}`)
  const chat = await shop.call('/chats/new', { orderId })

  expect(first.body).toMatchObject({
    order: { orderId, ...withNumbers(order), items, status: 'PROCESSING', fake: false },
  })
  expect(stolen.body).toMatchObject({ status: 409, detail: expect.stringContaining(`Order ${orderId}`) })
  expect(read.body).toEqual(second.body)
  expect(read.body).toMatchObject({ order: { status: 'DELIVERED', items } })
  expect(chat.status).toBe(200)
})

test('a return stays with its order', async () => {
  const shop = await makeBusiness(market)
  const [orderId, other] = [await shop.makeOrder(), await shop.makeOrder()]
  const path = `/businesses/${shop.businessId}/returns/9223372036854775807` as const

  const first = await askAdmin(market, `PUT ${path}`, { orderId })
  const again = await askAdmin(market, `PUT ${path}`, { orderId })
  const moved = await askAdmin(market, `PUT ${path}`, { orderId: other })

  expect(first.body).toMatchObject({ return: { returnId: 9223372036854775807n, orderId: Number(orderId) } })
  expect(again.body).toEqual(first.body)
  expect(moved.body).toMatchObject({ status: 409 })
})

function withNumbers(order: { campaignId: bigint; customerPublicId: string }) {
  return { ...order, campaignId: Number(order.campaignId) }
}
