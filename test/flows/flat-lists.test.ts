import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChatEventType, type ChatId, chatEvents } from '#contract'
import type { DeliveryState } from '../../src/market/store/deliveries.ts'
import type { DeliveriesPage, DeliveryFilter, DeliveryPosition } from '../../src/market/store/delivery-lists/filter.ts'
import { listDeliveries } from '../../src/market/store/delivery-lists/list-deliveries.ts'
import type { SubscriptionId } from '../../src/market/store/subscriptions.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'
import { walkList } from '../support/walk-list.ts'

const market = useMarket()
const states: DeliveryState[] = ['waiting', 'in_flight', 'delivered', 'refused', 'cancelled']
const subscriptions = [1n, 2n, 3n] as SubscriptionId[] // numbers of ours
const chats = [1n, 2n, 3n, 4n] as ChatId[] // likewise

type Told = DeliveryPosition & { chatId: ChatId; state: DeliveryState }
type Event = { chat: number; type: ChatEventType; told: number[]; state: number[]; joins: boolean }

const anyEvent: fc.Arbitrary<Event> = fc.record({
  chat: fc.nat(chats.length - 1),
  type: fc.constantFrom(...chatEvents, 'message_sent', 'message_sent', 'message_sent'),
  // The third one is told of messages alone, and none of them is told of all.
  told: fc.uniqueArray(fc.nat(2)),
  state: fc.array(fc.nat(states.length - 1), { minLength: 3, maxLength: 3 }),
  joins: fc.boolean(),
})

/** Events with rising ids; one that joins has the id of the event before, as a dispute that begins with a message. */
function makeTold(events: readonly Event[]): { told: Told[]; messages: { chatId: ChatId; messageId: bigint }[] } {
  let last = 100n
  const told = new Map<string, Told>()
  const messages = new Map<bigint, ChatId>()
  for (const event of events) {
    const isDispute = event.type.startsWith('dispute')
    const chatId = (isDispute && event.joins && messages.get(last)) || chats[event.chat] || (1n as ChatId) // a number of ours
    const eventId = event.type === 'chat_created' ? chatId : isDispute && event.joins ? last : ++last
    if (event.type === 'message_sent') messages.set(eventId, chatId)
    for (const index of event.told) {
      const [subscriptionId, state] = [subscriptions[index], states[event.state[index] ?? 0]]
      if (subscriptionId && state)
        told.set(`${subscriptionId} ${eventId} ${event.type}`, {
          eventId,
          type: event.type,
          subscriptionId,
          chatId,
          state,
        })
    }
  }
  return { told: [...told.values()], messages: Array.from(messages, ([messageId, chatId]) => ({ messageId, chatId })) }
}

const anyFilter = fc.record({
  state: fc.option(fc.constantFrom(...states), { nil: undefined, freq: 2 }),
  type: fc.option(fc.constantFrom(...chatEvents), { nil: undefined, freq: 2 }),
  chatId: fc.option(fc.constantFrom(...chats), { nil: undefined, freq: 2 }),
  subscriptionId: fc.option(fc.constantFrom(...subscriptions), { nil: undefined, freq: 2 }),
})
const anyWalk = fc.record({
  filter: anyFilter,
  limit: fc.integer({ min: 1, max: 6 }),
  maxLooked: fc.integer({ min: 2, max: 12 }),
})

test('deliveries are walked with every filter as if all of them were looked through: in order, each once, none left out', async () => {
  const shop = await makeBusiness(market)
  await makeSubscriptions(shop)

  await fc.assert(
    fc.asyncProperty(
      fc.array(anyEvent, { minLength: 20, maxLength: 80 }),
      fc.array(anyWalk, { minLength: 8, maxLength: 8 }),
      async (events, walks) => {
        const { told, messages } = makeTold(events)
        await write(shop, told, messages)
        for (const { filter, ...page } of walks) {
          const found = await walkList({
            ...page,
            read: (asked: DeliveriesPage) => listDeliveries(market.sql, shop.businessId, filter, asked),
          })

          expect(
            found.map(nameOf),
            JSON.stringify({ ...page, ...filter }, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
          ).toEqual(
            told
              .filter(one => fits(one, filter))
              .toSorted(newestFirst)
              .map(nameOf),
          )
        }
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

const nameOf = ({ eventId, type, subscriptionId }: DeliveryPosition) => `${eventId} ${type} ${subscriptionId}`

const fits = (one: Told, filter: DeliveryFilter) =>
  (['state', 'type', 'chatId', 'subscriptionId'] as const).every(
    fact => filter[fact] === undefined || filter[fact] === one[fact],
  )

function newestFirst(a: Told, b: Told): number {
  return (
    Number(b.eventId - a.eventId) ||
    (a.type < b.type ? 1 : a.type > b.type ? -1 : Number(b.subscriptionId - a.subscriptionId))
  )
}

/** Nobody works them: what waits for a disabled one would be cancelled meanwhile. */
async function makeSubscriptions({ businessId }: TestBusiness): Promise<void> {
  await market.sql`
    insert into market.subscriptions (lane, business_id, subscription_id, name, url, types, state, state_since, salt, created_at, failures, due_at)
    select market.lane_of(${businessId}), ${businessId}, id, 'one', 'http://127.0.0.1:1', '{message_sent}', 'enabled', now(), 'salt', now(), 1, now() + interval '1 hour'
      from unnest(${subscriptions}::bigint[]) id`
}

/** In place of what was there before. */
async function write(
  { businessId }: TestBusiness,
  told: readonly Told[],
  messages: readonly { chatId: ChatId; messageId: bigint }[],
): Promise<void> {
  await market.sql`delete from market.deliveries where business_id = ${businessId}`
  await market.sql`delete from market.messages where business_id = ${businessId}`
  await market.sql`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body)
    select market.lane_of(${businessId}), ${businessId}, chat, id, now(), 'partner', 'text', 'x'
      from unnest(${messages.map(one => one.chatId)}::bigint[], ${messages.map(one => one.messageId)}::bigint[]) m(chat, id)`
  await market.sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state, finished_at)
    select market.lane_of(${businessId}), ${businessId}, subscription, event, type, chat,
           case when type = 'message_sent' then event end, now(), state, case when state not in ('waiting', 'in_flight') then now() end
      from unnest(${told.map(one => one.subscriptionId)}::bigint[], ${told.map(one => one.eventId)}::bigint[], ${told.map(one => one.type)}::text[],
                  ${told.map(one => one.chatId)}::bigint[], ${told.map(one => one.state)}::text[]) d(subscription, event, type, chat, state)`
}
