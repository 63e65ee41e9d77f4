import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import type { AdminChatFilter, AdminChatsPage } from '../../src/market/store/chat-lists/filter.ts'
import { listAdminChats } from '../../src/market/store/chat-lists/list-chats.ts'
import { type CustomerPage, listCustomerChats } from '../../src/market/store/customers/customer-chats.ts'
import { type CustomerId, saveCustomer } from '../../src/market/store/customers.ts'
import { makeBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'
import { walkList } from '../support/walk-list.ts'

const market = useMarket()
const names = ['Анна', 'АННА Мария', 'аня', 'Борис', 'Ан%а', 'Толпа 1', 'Толпа 2']
const statuses = ['new', 'waiting_for_customer', 'waiting_for_partner', 'finished'] as const
const types = ['chat', 'chat', 'arbitrage'] as const

const anyChat = fc.record({
  // Few moments: many chats have the same one.
  at: fc.nat(9),
  context: fc.constantFrom('order', 'order', 'return', 'direct'),
  status: fc.constantFrom(...statuses),
  type: fc.constantFrom(...types),
  fake: fc.constantFrom(false, false, true),
  name: fc.constantFrom(...names),
})
type Made = typeof anyChat extends fc.Arbitrary<infer One> ? One & { chatId: bigint; contextId: bigint } : never

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const anyWalk = fc.record({
  filter: fc.record({
    status: some(fc.constantFrom(...statuses)),
    type: some(fc.constantFrom(...types)),
    fake: some(fc.boolean()),
    number: fc.option(fc.constantFrom(1003n, 2005n, 7n), { nil: undefined, freq: 6 }),
    name: fc.option(fc.constantFrom('анн', 'АН', 'Ан%', 'толпа', 'никто'), { nil: undefined, freq: 3 }),
  }),
  limit: fc.integer({ min: 1, max: 6 }),
  maxLooked: fc.integer({ min: 7, max: 20 }),
})
const chatsAndWalks = [
  fc.array(anyChat, { minLength: 20, maxLength: 70 }),
  fc.array(anyWalk, { minLength: 8, maxLength: 8 }),
] as const

test('chats are walked with every filter as if all of them were looked through: in order, each once, none left out', async () => {
  const { businessId } = await makeBusiness(market)
  const customers = await makeCustomers()

  await fc.assert(
    fc.asyncProperty(...chatsAndWalks, async (chats, walks) => {
      const made = chats.map(toMade)
      await write(businessId, made, customers)
      for (const { filter, ...page } of walks) {
        const read = (asked: AdminChatsPage) => listAdminChats(market.sql, businessId, filter, asked)
        const found = await walkList({ ...page, read })

        const expected = made.filter(chat => fits(chat, filter)).toSorted(newestFirst)
        expect(found.map(({ chatId }) => chatId)).toEqual(expected.map(({ chatId }) => chatId))
      }
    }),
    { numRuns: 25 },
  )
}, 60_000)

test("a customer's chats are walked over all businesses: in order, each once, none left out", async () => {
  const businesses = [(await makeBusiness(market)).businessId, (await makeBusiness(market)).businessId]
  const customers = await makeCustomers()
  const customerId = customers.get('Анна') as CustomerId // just made

  await fc.assert(
    fc.asyncProperty(chatsAndWalks[0], fc.integer({ min: 1, max: 6 }), async (chats, limit) => {
      const made = chats.map(toMade)
      const shares = businesses.map((_, index) => made.filter(({ chatId }) => chatId % 2n === BigInt(index)))
      for (const [index, businessId] of businesses.entries()) await write(businessId, shares[index] ?? [], customers)
      const read = async (asked: CustomerPage) => ({
        rows: await listCustomerChats(market, customerId, businesses, asked),
        end: undefined,
      })
      const found = await walkList({ limit, maxLooked: 0, read })

      const expected = made
        .filter(({ name }) => name === 'Анна')
        .toSorted((a, b) => b.at - a.at || Number((b.chatId % 2n) - (a.chatId % 2n)) || Number(b.chatId - a.chatId))
      expect(found.map(({ chatId }) => chatId)).toEqual(expected.map(({ chatId }) => chatId))
    }),
    { numRuns: 25 },
  )
}, 60_000)

type Any = Omit<Made, 'chatId' | 'contextId'>

/** Test chats are about orders. */
function toMade(chat: Any, index: number): Made {
  const fake = chat.fake && chat.context === 'order'
  return { ...chat, fake, chatId: BigInt(1000 + index), contextId: BigInt(2000 + index) }
}

const newestFirst = (a: Made, b: Made) => b.at - a.at || Number(b.chatId - a.chatId)

function fits(chat: Made, { status, type, fake, number, name }: AdminChatFilter): boolean {
  return (
    (status === undefined || chat.status === status) &&
    (type === undefined || chat.type === type) &&
    (fake === undefined || chat.fake === fake) &&
    (number === undefined || chat.chatId === number || (chat.context !== 'direct' && chat.contextId === number)) &&
    (name === undefined || chat.name.toLowerCase().startsWith(name.toLowerCase()))
  )
}

/** By name. Of those in the crowd there are so many that they are not looked up one by one. */
async function makeCustomers(): Promise<Map<string, CustomerId>> {
  const now = new Date()
  const made = new Map<string, CustomerId>()
  for (const name of names) {
    const { customerId } = await saveCustomer(market.sql, `flat-${name}`, name, now)
    made.set(name, customerId)
  }
  await market.sql`
    insert into market.customers (customer_id, public_id, name, created_at)
    select nextval('market.directory_numbers'), 'crowd-' || i, 'ТОЛПА', now() from generate_series(1, 250) i on conflict do nothing`
  return made
}

/** In place of what was there before. */
async function write(
  businessId: BusinessId,
  made: readonly Made[],
  customers: ReadonlyMap<string, CustomerId>,
): Promise<void> {
  const { sql } = market
  await sql`delete from market.chats where business_id = ${businessId}`
  await sql`delete from market.orders where business_id = ${businessId}`
  await sql`
    insert into market.orders (lane, business_id, order_id, campaign_id, customer_id, status, items, fake, created_at, expires_at)
    select market.lane_of(${businessId}), ${businessId}, id, 1, customer, 'NEW', '[]', fake, now(), case when fake then now() + interval '1 day' end
      from unnest(${made.map(one => one.contextId)}::bigint[], ${made.map(one => customers.get(one.name))}::bigint[],
                  ${made.map(one => one.fake)}::boolean[]) as m(id, customer, fake)`
  await sql`
    insert into market.chats (lane, business_id, chat_id, context_type, context_id, customer_id, fake, type, status,
                              created_at, updated_at, changed_at, changed_in, last_message_id)
    select market.lane_of(${businessId}), ${businessId}, chat, context, id, customer, fake, type, status,
           at, at, at, pg_current_xact_id(), 0
      from unnest(${made.map(one => one.chatId)}::bigint[], ${made.map(one => one.context)}::text[], ${made.map(one => one.contextId)}::bigint[],
                  ${made.map(one => customers.get(one.name))}::bigint[], ${made.map(one => one.fake)}::boolean[],
                  ${made.map(one => one.type)}::text[], ${made.map(one => one.status)}::text[], ${made.map(one => one.at)}::integer[])
             as m(chat, context, id, customer, fake, type, status, moment),
           lateral (select timestamptz '2026-03-01 09:00:00Z' + make_interval(secs => moment) as at) t`
}
