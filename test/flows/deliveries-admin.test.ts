import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { laneOf } from '../../src/market/store/lane.ts'
import { postMessages } from '../../src/market/store/messages.ts'
import { deleteSubscription } from '../../src/market/store/subscription-admin.ts'
import type { SubscriptionRow } from '../../src/market/store/subscriptions.ts'
import { doUpkeep } from '../../src/market/upkeep.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const market = useMarket({ clock })

type Delivery = {
  deliveryId: string
  subscriptionId: number
  type: string
  chatId: number
  messageId?: number
  state: string
  happenedAt: string
  attemptCount: number
  attempts: { attempt: number; outcome: string; status?: number; startedAt: string; failure?: object }[]
}
type Page = { deliveries: Delivery[]; nextPageToken?: string }

const settled = () => market.running.market.deliverer.settled()
const deliveriesOf = ({ businessId }: { businessId: bigint }, query = '') =>
  askAdminFor<Page>(market, `GET /businesses/${businessId}/deliveries?${query}`)
const pathOf = ({ businessId }: { businessId: bigint }, { deliveryId }: Pick<Delivery, 'deliveryId'>) =>
  `/businesses/${businessId}/deliveries/${deliveryId}` as const

/** Everything that the list has, page by page. */
async function walk(shop: TestBusiness, query: string): Promise<{ found: Delivery[]; pages: number[] }> {
  const pages = [await deliveriesOf(shop, query)]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await deliveriesOf(shop, `${query}&pageToken=${token}`))
  return { found: pages.flatMap(({ deliveries }) => deliveries), pages: pages.map(page => page.deliveries.length) }
}

async function say(shop: TestBusiness, chatId: bigint, text: string): Promise<void> {
  await askAdminFor(market, `POST /businesses/${shop.businessId}/chats/${chatId}/market-messages`, { text })
}

/** Deliveries as they would be after much traffic; nobody works them, since the subscription is disabled. */
async function makeMany(shop: TestBusiness, { subscriptionId }: SubscriptionRow, count: number, state = 'delivered') {
  await market.sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state, finished_at)
    select market.lane_of(${shop.businessId}), ${shop.businessId}, ${subscriptionId}, 32 * i, 'message_sent', i % 7 + 1, 32 * i,
           ${clock.now()}::timestamptz - make_interval(secs => ${count} - i), ${state},
           case when ${state} <> 'waiting' then ${clock.now()}::timestamptz end
      from generate_series(1, ${count}) as i`
}

test('every delivery is listed, newest first, with its attempts and why they failed', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  await subscribe(market.sql, shop, receiver)
  const chatId = await shop.makeChat()
  await settled()
  await say(shop, chatId, 'Заказ передан в доставку')
  const failing = await deliveriesOf(shop)
  receiver.answering = 'garbage'
  clock.advance(70_000)
  await settled()
  receiver.answering = 'refuse'
  clock.advance(70_000)
  await settled()

  const { deliveries } = await deliveriesOf(shop)

  expect(failing.deliveries.map(({ type, state, attemptCount }) => [type, state, attemptCount])).toEqual([
    ['CHAT_MESSAGE_SENT', 'WAITING', 0],
    ['CHAT_CREATED', 'WAITING', 1],
  ])
  expect(deliveries).toMatchObject([
    {
      type: 'CHAT_MESSAGE_SENT',
      chatId: Number(chatId),
      messageId: expect.any(Number),
      state: 'REFUSED',
      attemptCount: 1,
    },
    {
      type: 'CHAT_CREATED',
      state: 'REFUSED',
      happenedAt: '2026-03-01T09:00:00.000Z',
      attemptCount: 3,
      attempts: [
        { attempt: 3, outcome: 'REFUSED', status: 400 },
        {
          attempt: 2,
          outcome: 'FAILED',
          status: 200,
          failure: { kind: 'INVALID_RESPONSE', reason: 'INVALID_DATA', status: 200 },
        },
        {
          attempt: 1,
          outcome: 'FAILED',
          failure: { kind: 'CANT_GET_RESPONSE', reason: 'HTTP', status: 500 },
          startedAt: '2026-03-01T09:00:00.000Z',
        },
      ],
    },
  ])
  expect(deliveries[1]).not.toHaveProperty('messageId')
})

test('a delivery shows letter for letter what was sent, under the id that the shop was told', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  await shop.makeChat()
  await settled()
  const { deliveries } = await deliveriesOf(shop)
  const [told] = receiver.arrivals

  const read = await askAdmin(market, `GET ${pathOf(shop, { deliveryId: String(told?.headers['webhook-id']) })}`)

  expect(read.text).toContain(`"notification":${told?.text}`)
  expect(read.body).toMatchObject({ delivery: deliveries[0], attempts: deliveries[0]?.attempts })
})

test('the list is walked page by page over all subscriptions, each delivery once, and filtered by each of its facts', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const one = await subscribe(market.sql, shop, receiver)
  await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
  const chats = [await shop.makeChat(), await shop.makeChat()]
  for (const chatId of chats) for (const text of ['раз', 'два']) await say(shop, chatId, text)
  await settled()

  const all = await walk(shop, 'limit=3')
  const ofChat = await walk(shop, `limit=2&chatId=${chats[0]}`)
  const ofSubscription = await walk(shop, `subscriptionId=${one.subscriptionId}`)
  const created = await walk(shop, 'type=CHAT_CREATED')
  const waiting = await walk(shop, 'state=WAITING')

  expect(all.found).toHaveLength(10)
  expect(new Set(all.found.map(({ deliveryId }) => deliveryId)).size).toBe(10)
  expect(all.pages).toEqual([3, 3, 3, 1])
  expect(all.found.map(({ messageId, chatId }) => messageId ?? chatId)).toEqual(
    all.found.map(({ messageId, chatId }) => messageId ?? chatId).toSorted((a, b) => b - a),
  )
  expect(ofChat.found.map(({ chatId }) => chatId)).toEqual(Array(5).fill(Number(chats[0])))
  expect(ofSubscription.found).toHaveLength(6)
  expect(created.found.map(({ type }) => type)).toEqual(['CHAT_CREATED', 'CHAT_CREATED'])
  expect(waiting.found).toEqual([])
})

test('whoever looks for little among much is given it page by page, all of it and each once', async () => {
  const shop = await makeBusiness(market)
  const [one, two] = [await makeDisabled(shop), await makeDisabled(shop)]
  await makeMany(shop, one, 25_000, 'refused')
  await makeMany(shop, two, 15_000, 'refused')
  await market.sql`
    update market.deliveries set state = 'delivered'
     where business_id = ${shop.businessId} and event_id = any(${[32, 32 * 9_999, 32 * 15_000, 32 * 25_000]})`

  const { found, pages } = await walk(shop, 'state=DELIVERED&limit=10')
  const unfound = await walk(shop, 'state=CANCELLED')

  const numbers = found.map(({ messageId, subscriptionId }) => [Number(messageId) / 32, subscriptionId])
  const [first, second] = [Number(one.subscriptionId), Number(two.subscriptionId)]
  expect(numbers).toEqual([
    [25_000, first],
    [15_000, second],
    [15_000, first],
    [9_999, second],
    [9_999, first],
    [1, second],
    [1, first],
  ])
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.length).toBeLessThan(24)
  expect(unfound.found).toEqual([])
})

test('a delivery that was taken is sent once more, before what is newer, and keeps its id', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  const chatId = await shop.makeChat()
  await settled()
  receiver.answering = 'fail'
  await say(shop, chatId, 'позже')
  await settled()
  const created = (await deliveriesOf(shop)).deliveries.at(-1)
  if (!created) throw new Error('nothing was delivered')

  const replayed = await askAdminFor<{ delivery: Delivery }>(market, `POST ${pathOf(shop, created)}/replay`)
  receiver.answering = 'ok'
  clock.advance(70_000)
  await settled()
  const after = await deliveriesOf(shop)

  const ids = receiver.arrivals.map(({ headers }) => headers['webhook-id'])
  expect(replayed.delivery).toMatchObject({ deliveryId: created.deliveryId, state: 'WAITING', attemptCount: 1 })
  expect(ids).toEqual([ids[0], ids[1], ids[0], ids[1]])
  expect(after.deliveries.map(({ state, attemptCount }) => [state, attemptCount])).toEqual([
    ['DELIVERED', 2],
    ['DELIVERED', 2],
  ])
})

test('what waits for its next attempt is tried at once, and only where somebody is told', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  const { subscriptionId } = await subscribe(market.sql, shop, receiver)
  const path = `/businesses/${shop.businessId}/subscriptions/${subscriptionId}` as const
  await shop.makeChat()
  await settled()

  await askAdminFor(market, `POST ${path}/retry`)
  await receiver.arrived(2)
  await settled()
  const [failing] = (await deliveriesOf(shop)).deliveries
  receiver.answering = 'ok'
  await askAdminFor(market, `POST ${path}/retry`)
  await receiver.arrived(3)
  await settled()
  const [delivered] = (await deliveriesOf(shop)).deliveries
  await askAdminFor(market, `POST ${path}/disable`)
  const nobody = await askAdmin(market, `POST ${path}/retry`)

  expect(failing).toMatchObject({ state: 'WAITING', attemptCount: 2 })
  expect(delivered).toMatchObject({ state: 'DELIVERED', attemptCount: 3 })
  expect(nobody.body).toMatchObject({ status: 409, detail: expect.stringContaining('enable it first') })
})

test('what waits already is not replayed, nor what has nobody to be sent to', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  const subscription = await subscribe(market.sql, shop, receiver)
  await shop.makeChat()
  await settled()
  const [waiting] = (await deliveriesOf(shop)).deliveries
  if (!waiting) throw new Error('nothing waits')

  const early = await askAdmin(market, `POST ${pathOf(shop, waiting)}/replay`)
  await askAdminFor(market, `POST /businesses/${shop.businessId}/subscriptions/${subscription.subscriptionId}/disable`)
  const nobody = await askAdmin(market, `POST ${pathOf(shop, waiting)}/replay`)
  const { deliveries } = await deliveriesOf(shop)

  expect(early.body).toMatchObject({ status: 409, detail: expect.stringContaining('waits or is in flight') })
  expect(nobody.body).toMatchObject({ status: 409, detail: expect.stringContaining('enable it first') })
  expect(deliveries.map(({ state }) => state)).toEqual(['CANCELLED'])
})

test('a period is sent once more: all that happened in it and is finished, and nothing else', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver()
  const { subscriptionId } = await subscribe(market.sql, shop, receiver)
  const path = `/businesses/${shop.businessId}/subscriptions/${subscriptionId}/replay` as const
  const moments: string[] = []
  for (let index = 0; index < 4; index++) {
    moments.push(clock.now().toISOString())
    await shop.makeChat()
    clock.advance(60_000)
  }
  await settled()
  // On a machine that is very busy one may have come twice: a delivery comes at least once.
  const arrived = (from: number) => [...new Set(receiver.arrivals.slice(from).map(({ text }) => text))]
  const first = arrived(0)
  const before = receiver.arrivals.length

  const replayed = await askAdmin(market, `POST ${path}`, { from: moments[1], to: moments[2] })
  await settled()
  const nothing = await askAdmin(market, `POST ${path}`, {
    from: '2020-01-01T00:00:00Z',
    to: '2020-01-02T00:00:00+03:00',
  })

  expect([replayed.body, nothing.body]).toEqual([{ replayed: 2 }, { replayed: 0 }])
  expect(first).toHaveLength(4)
  expect(arrived(before)).toEqual([first[1], first[2]])
})

test('a period of many thousands is sent once more bit by bit, and what is older is left alone', async () => {
  const shop = await makeBusiness(market)
  const row = await makeDisabled(shop)
  await makeMany(shop, row, 9_000)
  const from = new Date(clock.now().getTime() - 4_999_000).toISOString()
  // Nobody works it: the test's own process is told nothing, and the address is nowhere.
  await market.sql`
    update market.subscriptions set state = 'enabled', failures = 1, due_at = ${clock.now()}::timestamptz + interval '1 hour'
     where business_id = ${shop.businessId}`

  const replayed = await askAdmin(
    market,
    `POST /businesses/${shop.businessId}/subscriptions/${row.subscriptionId}/replay`,
    {
      ...{ from, to: clock.now().toISOString() },
    },
  )
  const [{ waiting, lowest }] = await market.sql<[{ waiting: number; lowest: bigint }]>`
    select count(*)::integer as waiting, min(event_id) as lowest from market.deliveries
     where business_id = ${shop.businessId} and state = 'waiting'`

  expect(replayed.body).toEqual({ replayed: 5_000 })
  expect({ waiting, lowest }).toEqual({ waiting: 5_000, lowest: 32n * 4_001n })
})

test('a subscription with thousands of deliveries is deleted with all of them and no others', async () => {
  const shop = await makeBusiness(market)
  const [one, two] = [await makeDisabled(shop), await makeDisabled(shop)]
  await makeMany(shop, one, 5_000)
  await makeMany(shop, two, 10)

  await deleteSubscription(market.sql, one)

  const [{ count }] = await market.sql<[{ count: number }]>`
    select count(*)::integer as count from market.deliveries where business_id = ${shop.businessId}`
  expect(count).toBe(10)
})

test('what was being written while its subscription was deleted has nobody to wait for, and is removed', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const { subscriptionId } = await subscribe(market.sql, shop, { url: 'http://127.0.0.1:1/' })
  const item = {
    business: `${shop.businessId}`,
    chat: `${chatId}`,
    customer: null,
    event: 'partner_writes',
    sender: 'partner' as const,
  }
  const count = async () => {
    const [row] = await market.sql<[{ count: number }]>`
      select count(*)::integer as count from market.deliveries where business_id = ${shop.businessId}`
    return row.count
  }

  await market.sql.begin(async transaction => {
    const items = [{ ...item, kind: 'text' as const, text: 'Заказ в пути' }]
    await postMessages(transaction, items, clock.now(), laneOf(shop.businessId))
    await askAdmin(market, `DELETE /businesses/${shop.businessId}/subscriptions/${subscriptionId}`)
  })
  const left = await count()
  await doUpkeep(market.running.market)

  expect([left, await count()]).toEqual([1, 0])
})

const misfits = [
  { from: '2026-03-01', to: '2026-03-02T00:00:00Z' },
  { from: '2026-03-01T00:00:00', to: '2026-03-02T00:00:00Z' },
  { from: '2026-02-30T25:00:00Z', to: '2026-03-02T00:00:00Z' },
  { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
  { from: '2026-03-02T00:00:00Z' },
]

test.for(misfits)('a period such as %o does not fit', async period => {
  const shop = await makeBusiness(market)

  const refused = await askAdmin(market, `POST /businesses/${shop.businessId}/subscriptions/1/replay`, period)

  expect(refused.body).toMatchObject({ status: 400, errors: [{ problem: expect.any(String) }] })
})

const strangers = [
  ['of another business', (own: string) => own],
  ['with a letter changed', (own: string) => own.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))],
  ['that is no id', () => 'delivery'],
  ['that would be SQL', () => encodeURIComponent("' or true --")],
  [
    'with another type',
    (own: string) =>
      Buffer.from(Buffer.from(own, 'base64url').toString().replace('chat_created', 'message_sent')).toString(
        'base64url',
      ),
  ],
] as const

test.for(strangers)('a delivery %s is not found', async ([what, spell]) => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  await subscribe(market.sql, shop, await makeReceiver())
  await shop.makeChat()
  await settled()
  const [own] = (await deliveriesOf(shop)).deliveries
  const asked = what === 'of another business' ? other : shop
  const path = pathOf(asked, { deliveryId: spell(own?.deliveryId ?? '') })

  const replies = [await askAdmin(market, `GET ${path}`), await askAdmin(market, `POST ${path}/replay`)]

  expect(replies.map(({ status }) => status)).toEqual([404, 404])
})

async function makeDisabled(shop: TestBusiness): Promise<SubscriptionRow> {
  const row = await subscribe(market.sql, shop, { url: 'http://127.0.0.1:1/' })
  await askAdminFor(market, `POST /businesses/${shop.businessId}/subscriptions/${row.subscriptionId}/disable`)
  return row
}
