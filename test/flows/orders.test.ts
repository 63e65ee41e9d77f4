import { describe, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { MarketClient } from '../../src/client/index.ts'
import { askAdmin, askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { ask, type Reply } from '../support/http.ts'
import { badRequest, brief, envelope } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-05-05T12:00:00Z'))
const market = useMarket({ clock })
const dayMs = 24 * 60 * 60 * 1000

type Listed = { orders: Record<string, unknown>[]; paging: { nextPageToken?: string } }

function askOrders(shop: TestBusiness, filter: object = {}, query = ''): Promise<Reply> {
  const headers = { 'api-key': shop.token }
  return ask(`${market.url}/v1/businesses/${shop.businessId}/orders${query}`, { method: 'POST', headers, json: filter })
}

async function listOrders(shop: TestBusiness, filter: object = {}, query = ''): Promise<Listed> {
  const reply = await askOrders(shop, filter, query)
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`)
  return reply.body as Listed // the published answer
}

const idsOf = ({ orders }: Listed) => orders.map(({ orderId }) => BigInt(orderId as number)) // an id of the answer

const find = async (shop: TestBusiness, filter: object) => idsOf(await listOrders(shop, filter))

async function put(shop: TestBusiness, orderId: bigint, facts: object = {}): Promise<bigint> {
  const order = { campaignId: shop.campaignId, customerPublicId: shop.customer.publicId, ...facts }
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/orders/${orderId}`, order)
  return orderId
}

/** A shop whose key opens orders. */
const makeShop = (placementType: 'fbs' | 'dbs' = 'fbs') =>
  makeBusiness(market, { scopes: ['all-methods'], placementType })

describe('an order', () => {
  test('of which nothing was told is answered with what is usual', async () => {
    const shop = await makeShop()
    const orderId = await put(shop, 71n)

    const { orders, paging } = await listOrders(shop)

    expect(paging).toEqual({})
    expect(orders).toEqual([
      {
        orderId: Number(orderId),
        campaignId: Number(shop.campaignId),
        ...{ programType: 'FBS', status: 'PROCESSING', substatus: 'STARTED', fake: false, items: [] },
        ...{ creationDate: '2026-05-05T15:00:00+03:00', updateDate: '2026-05-05T15:00:00+03:00' },
        ...{ paymentType: 'PREPAID', paymentMethod: 'YANDEX', sourcePlatform: 'MARKET' },
        delivery: {
          ...{ type: 'PICKUP', serviceName: 'Доставка Маркета', deliveryServiceId: 1001 },
          ...{ deliveryPartnerType: 'YANDEX_MARKET', shipment: { shipmentDate: '2026-05-06' } },
          dates: { fromDate: '2026-05-08', toDate: '2026-05-10' },
        },
      },
    ])
  })

  test('is answered as the order system has told it, and so is the admin API', async () => {
    const shop = await makeShop('dbs')
    const mug = { offerId: 'mug-350', name: 'Кружка', count: 3, price: 0.1 }
    const facts = {
      ...{ status: 'CANCELLED', substatus: 'USER_REFUSED_PRODUCT', currency: 'KZT', notes: 'Позвоните заранее' },
      ...{ paymentType: 'POSTPAID', paymentMethod: 'CASH_ON_DELIVERY' },
      items: [mug, { offerId: 'pan', name: 'Сковорода', count: 1, price: 1290.5 }],
      delivery: {
        ...{
          type: 'POST',
          serviceName: 'Почта',
          shipmentDate: '2026-05-07',
          fromDate: '2026-05-20',
          toDate: '2026-05-22',
        },
        trackCode: '80080012345678',
      },
    }
    await put(shop, 72n, facts)

    const [order] = (await listOrders(shop)).orders
    const own = await askAdmin(market, `GET /businesses/${shop.businessId}/orders/72`)

    expect(order).toMatchObject({
      ...{ programType: 'DBS', status: 'CANCELLED', substatus: 'USER_REFUSED_PRODUCT', notes: 'Позвоните заранее' },
      ...{ paymentType: 'POSTPAID', paymentMethod: 'CASH_ON_DELIVERY' },
      items: [
        {
          id: 1,
          offerId: 'mug-350',
          offerName: 'Кружка',
          count: 3,
          prices: { payment: { value: 0.3, currencyId: 'KZT' } },
        },
        { id: 2, offerName: 'Сковорода', prices: { payment: { value: 1290.5 } } },
      ],
      prices: { payment: { value: 1290.8, currencyId: 'KZT' } },
      delivery: {
        ...{ type: 'POST', serviceName: 'Почта', deliveryServiceId: 99, deliveryPartnerType: 'SHOP' },
        dates: { fromDate: '2026-05-20', toDate: '2026-05-22' },
        shipment: { shipmentDate: '2026-05-07' },
        tracks: [{ trackCode: '80080012345678', deliveryServiceId: 99 }],
      },
    })
    expect(own.body).toMatchObject({ order: { ...facts, updatedAt: '2026-05-05T12:00:00.000Z' } })
  })

  test('with one price unknown has no sum', async () => {
    const shop = await makeShop()
    await put(shop, 73n, {
      items: [
        { offerId: 'a', name: 'А', count: 1, price: 5 },
        { offerId: 'b', name: 'Б', count: 1 },
      ],
    })

    const [order] = (await listOrders(shop)).orders

    expect(order).not.toHaveProperty('prices')
    expect(order).toMatchObject({ items: [{ prices: { payment: { value: 5 } } }, {}] })
  })

  test('that a market of the version before has put is answered, and is not updated by being put again', async () => {
    const shop = await makeShop()
    await put(shop, 76n)
    await market.sql`update market.orders set facts = null, updated_at = null where business_id = ${shop.businessId}`
    const [before] = (await listOrders(shop)).orders
    clock.advance(1000)

    await put(shop, 76n)
    const [after] = (await listOrders(shop)).orders

    expect(before).toMatchObject({ orderId: 76, substatus: 'STARTED', updateDate: before?.['creationDate'] })
    expect(after).toEqual(before)
  })

  test('that is put again as it was is not updated; a changed one keeps when it was made', async () => {
    const shop = await makeShop()
    await put(shop, 74n, { notes: 'а' })
    const made = clock.now()
    clock.advance(1000)

    await put(shop, 74n, { notes: 'а' })
    const same = (await listOrders(shop)).orders
    await put(shop, 74n, { notes: 'б' })
    const changed = (await listOrders(shop)).orders

    expect(same).toMatchObject([{ updateDate: same[0]?.['creationDate'] }])
    expect(changed[0]?.['creationDate']).toBe(same[0]?.['creationDate'])
    expect(Date.parse(`${changed[0]?.['updateDate']}`) - made.getTime()).toBe(1000)
  })

  test.each([
    [{ shipmentDate: '2026-02-30' }, 'delivery.shipmentDate'],
    [{ fromDate: 'завтра' }, 'delivery.fromDate'],
    [{ toDate: '2026-05-09' }, 'delivery.toDate'],
    [{ fromDate: '2026-05-10', toDate: '2026-05-09' }, 'delivery.toDate'],
  ])('is not put with the delivery %j', async (delivery, at) => {
    const shop = await makeShop()
    const order = { campaignId: shop.campaignId, customerPublicId: shop.customer.publicId, delivery }

    const refused = await askAdmin(market, `PUT /businesses/${shop.businessId}/orders/75`, order)

    expect(problemOf(refused)).toMatchObject({ status: 400, errors: [{ at }] })
  })
})

describe('the list of orders', () => {
  test('is that of the business alone: of the orders and campaigns of another it finds none', async () => {
    const [shop, other] = [await makeShop(), await makeShop()]
    await put(shop, 80n)
    await put(other, 80n)
    await put(other, 81n)

    expect(idsOf(await listOrders(shop))).toEqual([80n])
    expect(await find(shop, { orderIds: [81n, 404n] })).toEqual([])
    expect(await find(shop, { campaignIds: [other.campaignId] })).toEqual([])
    expect((await listOrders(shop, { orderIds: [80n] })).orders).toMatchObject([
      { campaignId: Number(shop.campaignId) },
    ])
  })

  test('finds by each filter, and by all that are given', async () => {
    const shop = await makeShop()
    await put(shop, 91n, { status: 'DELIVERY' })
    await put(shop, 92n, { status: 'PROCESSING', substatus: 'READY_TO_SHIP', delivery: { shipmentDate: '2026-05-20' } })
    await put(shop, 93n, { status: 'НОВЫЙ' })

    const found = [
      { statuses: ['DELIVERY', 'PICKUP'] },
      { statuses: ['UNKNOWN'] },
      { substatuses: ['DELIVERY_SERVICE_RECEIVED'] },
      { substatuses: ['READY_TO_SHIP', 'UNKNOWN'] },
      { substatuses: ['STARTED'] },
      { programTypes: ['FBS'], orderIds: [91] },
      { programTypes: ['DBS', 'EXPRESS'] },
      { sourcePlatforms: ['OTHER', 'OZON'] },
      { sourcePlatforms: ['MARKET'], statuses: ['DELIVERY'] },
      { statuses: ['DELIVERY'], orderIds: [92] },
      { dates: { shipmentDateFrom: '2026-05-20', shipmentDateTo: '2026-05-20' } },
      { dates: { shipmentDateTo: '2026-05-07' }, statuses: ['DELIVERY'] },
      { dates: { shipmentDateTo: '2026-05-06' }, statuses: ['DELIVERY'] },
      { fake: true },
      { externalOrderIds: ['91'] },
      { waitingForCancellationApprove: true },
      { statuses: null, campaignIds: [shop.campaignId], waitingForCancellationApprove: false, fake: false },
    ]
    expect(await Promise.all(found.map(filter => find(shop, filter)))).toEqual([
      [91n],
      [93n],
      [91n],
      [93n, 92n],
      [],
      [91n],
      [],
      [],
      [91n],
      [],
      [92n],
      [91n],
      [],
      [],
      [],
      [],
      [93n, 92n, 91n],
    ])
  })

  test('tells test orders from others, and forgets those that are removed', async () => {
    const shop = await makeShop()
    await put(shop, 95n)
    const path = `/businesses/${shop.businessId}/test-orders` as const
    const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${path}`, {
      campaignId: shop.campaignId,
    })

    expect(await find(shop, { fake: true })).toEqual([BigInt(order.orderId)])
    expect(await find(shop, { fake: false })).toEqual([95n])
    expect(await find(shop, {})).toHaveLength(2)
    await market.sql`delete from market.orders where business_id = ${shop.businessId} and fake`
    expect(await find(shop, { orderIds: [order.orderId] })).toEqual([])
  })

  test('is that of the last thirty days, unless it is told which days or which orders', async () => {
    const shop = await makeShop()
    await put(shop, 96n)
    const day = (days: number) => new Date(clock.now().getTime() + days * dayMs).toISOString().slice(0, 10)
    const [madeOn, nextDay] = [day(0), day(1)]
    clock.advance(31 * dayMs)
    await put(shop, 97n)

    expect(await find(shop, {})).toEqual([97n])
    expect(await find(shop, { orderIds: [96n] })).toEqual([96n])
    expect(await find(shop, { dates: { creationDateFrom: madeOn, creationDateTo: madeOn } })).toEqual([96n])
    expect(await find(shop, { dates: { creationDateTo: nextDay } })).toEqual([96n])
    expect(await find(shop, { dates: { creationDateTo: madeOn } })).toEqual([])
    expect(await find(shop, { dates: { updateDateFrom: clock.now().toISOString() } })).toEqual([97n])
    expect(await find(shop, { dates: { updateDateTo: clock.now().toISOString() } })).toEqual([])
  })

  const far = 'dates.creationDateTo must be at most 30 days after dates.creationDateFrom'
  test.each([
    [{ creationDateFrom: '2026-01-01', creationDateTo: '2026-02-01' }, far],
    [{ creationDateFrom: '2026-01-01' }, far],
    [{ shipmentDateFrom: '2026-01-01', shipmentDateTo: '2026-02-01' }, far.replaceAll('creation', 'shipment')],
    [{ creationDateFrom: '2026-02-30' }, 'Illegal input at dates.creationDateFrom'],
    [{ shipmentDateTo: '2026-02-01T00:00:00Z' }, 'Illegal input at dates.shipmentDateTo'],
    [{ updateDateFrom: '2026-02-01' }, 'Illegal input at dates.updateDateFrom'],
    [{ updateDateTo: 5 }, 'Illegal input at dates.updateDateTo'],
  ])('is refused for %j', async (dates, sentence) => {
    const shop = await makeShop()

    expect(brief(await askOrders(shop, { dates }))).toEqual(badRequest(sentence))
  })

  test.each(['orderIds', 'campaignIds', 'externalOrderIds'])('is refused for 51 %s, and not for 50', async name => {
    const shop = await makeShop()
    const values = (count: number) =>
      Array.from({ length: count }, (_, index) => (name === 'externalOrderIds' ? `${index + 1}` : index + 1))

    expect((await askOrders(shop, { [name]: values(50) })).status).toBe(200)
    expect(brief(await askOrders(shop, { [name]: values(51) }))).toEqual(
      badRequest(`${name} size must be between 1 and 50 (rejected value: [])`),
    )
  })

  test('is refused to a key that is for chats alone', async () => {
    const shop = await makeBusiness(market, { scopes: ['communication'] })

    expect(brief(await askOrders(shop))).toEqual({
      status: 403,
      text: envelope(
        'FORBIDDEN',
        'Token does not have any of the scopes to access the API method: all-methods, all-methods:read-only, ' +
          'inventory-and-order-processing, inventory-and-order-processing:read-only, finance-and-accounting',
      ),
    })
  })
})

describe('pages of orders', () => {
  test('have each order once, newest first, then by id downwards; a larger limit is cut to 50', async () => {
    const shop = await makeShop()
    const ids = Array.from({ length: 51 }, (_, index) => BigInt(500 + index))
    await Promise.all(ids.map(orderId => put(shop, orderId)))
    const newestFirst = ids.toReversed()

    const whole = await listOrders(shop, {}, '?limit=1000')
    const rest = await listOrders(shop, {}, `?limit=20&page_token=${whole.paging.nextPageToken}`)
    const client = new MarketClient({ baseUrl: market.url, apiKey: shop.token, businessId: shop.businessId })
    const walked = []
    for await (const { orderId } of client.orders.list({ limit: 7 })) walked.push(orderId)

    expect(idsOf(whole)).toEqual(newestFirst.slice(0, 50))
    expect(idsOf(rest)).toEqual(newestFirst.slice(50))
    expect(rest.paging).toEqual({})
    expect(walked).toEqual(newestFirst)
  })

  test('do not miss or repeat an order when others come and go', async () => {
    const shop = await makeShop()
    for (const orderId of [601n, 602n, 603n, 604n]) {
      await put(shop, orderId)
      clock.advance(1000)
    }
    const first = await listOrders(shop, {}, '?limit=2')
    await put(shop, 605n)
    await market.sql`delete from market.orders where business_id = ${shop.businessId} and order_id = 603`

    const second = await listOrders(shop, {}, `?limit=2&pageToken=${first.paging.nextPageToken}`)

    expect([idsOf(first), idsOf(second)]).toEqual([
      [604n, 603n],
      [602n, 601n],
    ])
  })

  test('are not read with a token of another business, of another filter, or that was changed', async () => {
    const [shop, other] = [await makeShop(), await makeShop()]
    await put(shop, 611n)
    await put(shop, 612n)
    const { paging } = await listOrders(shop, {}, '?limit=1')
    const token = paging.nextPageToken ?? ''
    const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`

    const forged = [
      await askOrders(other, {}, `?pageToken=${token}`),
      await askOrders(shop, { fake: false }, `?pageToken=${token}`),
      await askOrders(shop, { externalOrderIds: ['1'] }, `?pageToken=${token}`),
      await askOrders(shop, {}, `?pageToken=${changed}`),
    ]

    expect(forged.map(brief)).toEqual(forged.map(() => badRequest('Bad page token')))
    expect(idsOf(await listOrders(shop, {}, `?pageToken=${token}`))).toEqual([611n])
  })
})

test('the client finds the order of a chat, with ids beyond 2^53, dates and prices', async () => {
  const shop = await makeShop()
  const orderId = await put(shop, 2n ** 60n + 1n, { items: [{ offerId: 'mug', name: 'Кружка', count: 2, price: 450 }] })
  const client = new MarketClient({ baseUrl: market.url, apiKey: shop.token, businessId: shop.businessId })

  const { items } = await client.orders.list({ orderIds: [`${orderId}`], statuses: ['PROCESSING'], fake: false }).page()

  expect(items).toMatchObject([
    {
      ...{ orderId, campaignId: shop.campaignId, status: 'PROCESSING', creationDate: clock.now() },
      items: [{ id: 1n, offerName: 'Кружка', count: 2, prices: { payment: { value: 900, currencyId: 'RUR' } } }],
    },
  ])
  expect(() => client.orders.list({ orderIds: [] })).toThrow('orderIds must have at least one value')
  expect(() => client.orders.list({ limit: 51 })).toThrow('limit must be a whole number from 1 to 50')
})
