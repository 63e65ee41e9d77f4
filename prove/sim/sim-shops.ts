import type { BusinessId } from '#contract'
import type { Sql } from '../../src/database/connect.ts'
import { derivedToken, hashToken } from '../../src/market/keys/token.ts'
import { deriveSecret, formatSecret } from '../../src/market/notify/subscription-secret.ts'
import { laneOf } from '../../src/market/store/lane.ts'
import type { SubscriptionId } from '../../src/market/store/subscriptions.ts'
import type { SimMarket } from './sim-market.ts'
import { ordersOfShop } from './story.ts'

/** A business with a key, a customer with orders, and a subscription: everything there is before a story begins. */
export type SimShop = {
  businessId: BusinessId
  subscriptionId: SubscriptionId
  name: string
  token: string
  buyerToken: string
  secret: string
  url: string
  /** Begins every text of this business, and stands in no other's. */
  canary: string
  /** Those that its shop or its buyer knows. */
  chatIds: bigint[]
  receiver: { arrivals: { body: { chatId: bigint; messageId?: string } }[] }
}

const salt = Buffer.alloc(16, 7)
// Far from each other, so that they lie in all lanes.
const businesses = 1_000_000

/** The same for the same seed: ids begin anew. */
export async function makeShops(market: SimMarket, seed: number, count: number): Promise<SimShop[]> {
  const { sql } = market.database
  await sql`select setval('market.ids', 1025)`
  const shops = Array.from({ length: count }, (_, index) => makeShop(market, seed, index))
  return Promise.all(shops.map(async shop => prepare(market, await shop)))
}

async function makeShop({ secrets, buyerTokens }: SimMarket, seed: number, index: number): Promise<SimShop> {
  const number = 1 + ((seed * 2 + index) % businesses)
  const businessId = BigInt(number) as BusinessId // any free number
  const subscriptionId = BigInt(index + 1) as SubscriptionId // below all that the market gives
  const secret = deriveSecret(secrets.webhooks, { businessId, subscriptionId }, salt)
  return {
    ...{ businessId, subscriptionId, name: `shop ${index + 1}` },
    token: derivedToken(secrets.demoKey, `${number}`),
    buyerToken: await buyerTokens.make(BigInt(number) as Parameters<typeof buyerTokens.make>[0]), // the customer's id, as below
    secret: formatSecret(secret),
    url: `http://${businessId}.shop/`,
    canary: `canary-${businessId}-`,
    chatIds: [],
    receiver: { arrivals: [] },
  }
}

export const orderOf = ({ businessId }: SimShop, number: number): bigint => businessId * 100n + BigInt(number)

async function prepare({ database: { sql }, secrets, clock }: SimMarket, shop: SimShop): Promise<SimShop> {
  const { businessId: id, subscriptionId, url, token } = shop
  const lane = laneOf(id)
  const orders = Array.from({ length: ordersOfShop }, (_, number) => orderOf(shop, number))
  await sql`
    with at as (select ${clock.now()}::timestamptz as now),
    business as (insert into market.businesses (business_id, name, direct_messages, api_disabled, created_at)
                 select ${id}, 'a shop', 'off', false, now from at),
    campaign as (insert into market.campaigns (campaign_id, business_id, domain, placement_type, client_id, api_availability, created_at)
                 select ${id}, ${id}, 'a shop', 'fbs', ${id}, 'available', now from at),
    customer as (insert into market.customers (customer_id, public_id, name, created_at) select ${id}, ${`buyer-${id}`}, 'Анна', now from at),
    key as (insert into market.api_keys (key_id, business_id, name, hash, scopes, created_at)
            select ${id}, ${id}, 'a key', ${hashToken(secrets.apiKeys, token)}, array['communication'], now from at),
    orders as (insert into market.orders (lane, business_id, order_id, campaign_id, customer_id, status, items, fake, created_at)
               select ${lane}::smallint, ${id}, o, ${id}, ${id}, 'PROCESSING', '[]', false, now from at, unnest(${orders}::bigint[]) o)
    insert into market.subscriptions (lane, business_id, subscription_id, name, url, types, state, state_since, salt, created_at)
    select ${lane}::smallint, ${id}, ${subscriptionId}, 'CRM', ${url},
           array['chat_created', 'message_sent', 'dispute_started', 'dispute_finished'], 'enabled', now, ${salt}, now from at`
  return shop
}

const lanedTables = [
  ...['messages', 'delivery_attempts', 'deliveries', 'idempotency_keys', 'chats', 'orders', 'subscriptions'],
  ...['hourly_hits'],
]
const directoryTables = ['api_keys', 'campaigns', 'customer_businesses', 'businesses']

/** What a story has written is removed after it: a million of them leave nothing. */
export async function removeShops(sql: Sql, shops: readonly SimShop[]): Promise<void> {
  const ids = shops.map(({ businessId }) => businessId).join(', ')
  const lanes = shops.map(({ businessId }) => laneOf(businessId)).join(', ')
  await sql.unsafe(
    [
      ...lanedTables.map(table => `delete from market.${table} where lane in (${lanes}) and business_id in (${ids})`),
      ...directoryTables.map(table => `delete from market.${table} where business_id in (${ids})`),
      `delete from market.customers where customer_id in (${ids})`,
      'delete from market.lane_leases',
      'delete from market.deliverers',
    ].join(';'),
  )
}
