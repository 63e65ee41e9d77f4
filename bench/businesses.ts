import type { BusinessId } from '#contract'
import type { Sql } from '../src/database/connect.ts'
import type { Secrets } from '../src/market/keys/secrets.ts'
import { hashToken, makeToken } from '../src/market/keys/token.ts'
import { insertBusiness } from '../src/market/store/businesses.ts'
import { insertCampaign } from '../src/market/store/campaigns.ts'
import { saveCustomer } from '../src/market/store/customers.ts'
import { insertKey } from '../src/market/store/keys.ts'

export type BenchBusiness = { businessId: number; token: string; chatIds: number[] }

type Backstage = { sql: Sql; secrets: Secrets }

/** A business with a key and chats, and with a subscription that wants every event, so that each message writes its delivery too. */
export async function makeBusiness(
  { sql, secrets }: Backstage,
  n: number,
  { chats, url }: { chats: number; url: string },
): Promise<BenchBusiness> {
  const now = new Date()
  const businessId = BigInt(n) as BusinessId // a number of ours
  const token = makeToken()
  await insertBusiness(sql, { businessId, name: `Business ${n}`, directMessages: 'off', now })
  await insertKey(sql, {
    businessId,
    name: 'bench',
    hash: hashToken(secrets.apiKeys, token),
    scopes: ['communication'],
    max: 1,
    now,
  })
  await insertCampaign(sql, { campaignId: undefined, businessId, domain: `Shop ${n}`, placementType: 'fbs', now })
  const { customerId } = await saveCustomer(sql, `bench-${n}`, 'Buyer', now)
  await sql`
    insert into market.subscriptions (lane, business_id, subscription_id, name, url, types, state, state_since, salt, created_at)
    values (market.lane_of(${businessId}), ${businessId}, 1, 'bench', ${url}, ${['message_sent']}, 'enabled', now(), 'salt', now())`
  const rows = await sql<{ chatId: bigint }[]>`
    select (market.open_chat(market.lane_of(${businessId}), date_trunc('milliseconds', now()), ${businessId}, 'order', g, g, null, 1, ${customerId}, false)).chat_id as "chatId"
      from generate_series(1, ${chats}) g`
  return { businessId: n, token, chatIds: rows.map(row => Number(row.chatId)) }
}
