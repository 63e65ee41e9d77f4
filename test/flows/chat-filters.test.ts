import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { chatContextTypes, chatStatuses, chatTypes, inside } from '#contract'
import { laneOf } from '../../src/market/store/lane.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { resultOf } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ maxParallel: 0 })
const count = 120

type Chat = {
  chatId: bigint
  contextType: string
  contextId: bigint
  orderId: bigint | null
  type: string
  status: string
  at: number
}
type Filter = {
  contexts?: { type: 'ORDER' | 'RETURN'; id: bigint }[]
  orderIds?: bigint[]
  contextTypes?: string[]
  types?: string[]
  statuses?: string[]
}

let shop: TestBusiness
let chats: Chat[]

/** Chats in all states, many of one moment, none of which has moved since; order 1 has two returns, and a chat each. */
beforeAll(async () => {
  shop = await makeBusiness(market)
  chats = Array.from({ length: count }, (_, n) => {
    const contextType = chatContextTypes[n % 3] ?? 'ORDER'
    const contextId = BigInt(1 + Math.floor(n / 3))
    const orderId = contextType === 'DIRECT' ? null : contextType === 'ORDER' ? contextId : (contextId + 1n) / 2n
    const status = chatStatuses[n % 7 === 0 ? 3 : n % 5] ?? 'NEW'
    const at = Date.parse('2026-03-01T10:00:00Z') + (n % 4) * 1000
    return { chatId: 0n, contextType, contextId, orderId, type: chatTypes[n % 11 === 0 ? 1 : 0] ?? 'CHAT', status, at }
  })
  const [lane, of] = [laneOf(shop.businessId), shop.businessId]
  const [owner] = await market.sql<
    [{ id: bigint }]
  >`select customer_id as id from market.customers where public_id = ${shop.customer.publicId}`
  await market.sql`
    insert into market.orders (lane, business_id, order_id, campaign_id, customer_id, status, items, fake, created_at)
    select ${lane}, ${of}, n, ${shop.campaignId}, ${owner.id}, 'processing', '[]', false, now() from generate_series(1, ${count}) n`
  for (const { contextType, contextId, orderId } of chats.filter(chat => chat.contextType === 'RETURN'))
    await market.sql`
      insert into market.returns (lane, business_id, return_id, order_id, created_at)
      select ${lane}, ${of}, ${contextId}, ${orderId}, now() where ${contextType} = 'RETURN'`
  for (const chat of chats) {
    const at = new Date(chat.at)
    const [row] = await market.sql<[{ id: bigint }]>`
      insert into market.chats (lane, business_id, chat_id, context_type, context_id, order_id, return_id, campaign_id, customer_id, fake,
                                type, status, created_at, updated_at, changed_at, changed_in, last_message_id)
      values (${lane}, ${of}, nextval('market.ids'), ${inside(chat.contextType)}, ${chat.contextId}, ${chat.orderId},
              ${chat.contextType === 'RETURN' ? chat.contextId : null}, null, ${owner.id}, false,
              ${inside(chat.type)}, ${inside(chat.status)}, ${at}, ${at}, ${at}, '3', 0)
      returning chat_id as id`
    chat.chatId = row.id
  }
})

/** What the API promises: fields join by AND, values by OR; newest first, then by id downwards. */
function expected({ contexts, orderIds, contextTypes, types, statuses }: Filter): bigint[] {
  const matching = chats.filter(
    chat =>
      (contexts?.some(({ type, id }) => type === chat.contextType && id === chat.contextId) ?? true) &&
      (orderIds?.some(id => id === chat.orderId) ?? true) &&
      (contextTypes?.includes(chat.contextType) ?? true) &&
      (types?.includes(chat.type) ?? true) &&
      (statuses?.includes(chat.status) ?? true),
  )
  return matching.toSorted((a, b) => b.at - a.at || Number(b.chatId - a.chatId)).map(({ chatId }) => chatId)
}

async function walk(filter: Filter, limit: number): Promise<bigint[]> {
  const pages = await pagesOf(filter, limit)
  for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit)
  return pages.flat()
}

/** The pages of a walk; what happens does so after the first one. */
async function pagesOf(filter: Filter, limit: number, happens = async () => {}): Promise<bigint[][]> {
  const pages: bigint[][] = []
  let token: string | undefined
  do {
    const reply = await shop.call(`/chats?limit=${limit}${token ? `&pageToken=${token}` : ''}`, filter)
    const { chats, paging } = resultOf(reply) as { chats: { chatId: number }[]; paging: { nextPageToken?: string } } // the published answer
    pages.push(chats.map(({ chatId }) => BigInt(chatId)))
    if (pages.length === 1) await happens()
    token = paging.nextPageToken
  } while (token && pages.length < count)
  return pages
}

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const numbers = fc.uniqueArray(fc.bigInt({ min: 1n, max: 45n }), { minLength: 1, maxLength: 30 })
const contexts = fc.uniqueArray(
  fc.record({ type: fc.constantFrom('ORDER' as const, 'RETURN' as const), id: fc.bigInt({ min: 1n, max: 45n }) }),
  { minLength: 1, maxLength: 30, selector: ({ type, id }) => `${type} ${id}` },
)

test('whatever the filter, a walk has each chat that matches once, in order, on full pages', async () => {
  const filter: fc.Arbitrary<Filter> = fc.record(
    {
      contexts,
      orderIds: numbers,
      contextTypes: some(chatContextTypes),
      types: some(chatTypes),
      statuses: some(chatStatuses),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(filter, fc.integer({ min: 1, max: 20 }), async (filter, limit) => {
      expect(await walk(filter, limit)).toEqual(expected(filter))
    }),
    { numRuns: 120 },
  )
})

test.each<[string, Filter]>([
  ['a status', { statuses: ['WAITING_FOR_ARBITER'] }],
  ['a type', { types: ['ARBITRAGE'] }],
  ['an order and its returns', { orderIds: [1n] }],
  [
    'contexts',
    {
      contexts: [
        { type: 'ORDER', id: 2n },
        { type: 'RETURN', id: 2n },
      ],
    },
  ],
  [
    'contexts and orders',
    {
      contexts: [
        { type: 'RETURN', id: 1n },
        { type: 'RETURN', id: 9n },
      ],
      orderIds: [1n],
    },
  ],
])('%s finds what the model finds, and something', async (_name, filter) => {
  const ids = await walk(filter, 3)

  expect(ids).toEqual(expected(filter))
  expect(ids.length).toBeGreaterThan(0)
})

describe('a walk over chats of a state', () => {
  test('misses none that move meanwhile, and ends', async () => {
    const filter = { statuses: ['NEW', 'WAITING_FOR_CUSTOMER'] }
    const before = expected(filter)
    const first = await shop.call('/chats?limit=5', filter)
    const { paging } = resultOf(first) as { paging: { nextPageToken: string } } // the published answer
    const last = before.at(-1) ?? 0n
    await shop.call(`/chats/message?chatId=${last}`, { message: 'передвинулся' })
    const seen = new Set((resultOf(first)['chats'] as { chatId: number }[]).map(({ chatId }) => BigInt(chatId))) // likewise
    let token: string | undefined = paging.nextPageToken
    for (let pages = 0; token && pages < count; pages++) {
      const reply = await shop.call(`/chats?limit=5&pageToken=${token}`, filter)
      const page = resultOf(reply) as { chats: { chatId: number }[]; paging: { nextPageToken?: string } } // likewise
      for (const { chatId } of page.chats) seen.add(BigInt(chatId))
      token = page.paging.nextPageToken
    }

    expect(token).toBeUndefined()
    expect([...seen].toSorted((a, b) => Number(a - b))).toEqual(before.toSorted((a, b) => Number(a - b)))
  })

  test('has those that moved on pages of their own, each once', async () => {
    const filter = { statuses: ['WAITING_FOR_CUSTOMER'], contextTypes: ['ORDER', 'RETURN'] }
    const before = await walk(filter, 20)
    const [first, ...rest] = await pagesOf(filter, 2, async () => {
      for (const chatId of before.slice(-5)) await shop.call(`/chats/message?chatId=${chatId}`, { message: 'сюда' })
    })

    const [still, moved] = [before.slice(0, -5), before.slice(-5).toSorted((a, b) => Number(a - b))]
    expect([...(first ?? []), ...rest.flat()]).toEqual([...still, ...moved])
  })
})
