import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import { findFreeId } from './directory/free-id.ts'

export const directMessagesModes = ['off', 'subscribers', 'all'] as const
type DirectMessages = (typeof directMessagesModes)[number]

export const finishedChatsModes = ['refuse', 'reopen'] as const
type FinishedChats = (typeof finishedChatsModes)[number]

export type BusinessRow = {
  businessId: BusinessId
  name: string
  directMessages: DirectMessages
  apiDisabled: boolean
  /** Whether the lab's buyers answer in chats about test orders; nobody does in the real ones. */
  testChatsAnswer: boolean
  /** What becomes of a shop's message to a finished chat: it is refused, or it opens the chat again. */
  finishedChats: FinishedChats
  createdAt: Date
}

const columns = (sql: Queries) => sql`
  business_id as "businessId", name, direct_messages as "directMessages", api_disabled as "apiDisabled",
  test_chats_answer as "testChatsAnswer", finished_chats as "finishedChats", created_at as "createdAt"`

type NewBusiness = {
  businessId: BusinessId | undefined
  name: string
  directMessages: DirectMessages
  finishedChats?: FinishedChats | undefined
  now: Date
}

/** Undefined if the id is taken. Without an id a free number is found; who loses the race for it finds another. */
export async function insertBusiness(sql: Queries, business: NewBusiness): Promise<BusinessRow | undefined> {
  const { businessId, name, directMessages, finishedChats = 'refuse', now } = business
  const [row] = await sql<BusinessRow[]>`
    insert into market.businesses (business_id, name, direct_messages, finished_chats, api_disabled, created_at)
    values (${businessId ?? (await findFreeId(sql, 'businesses', 'business_id'))}, ${name}, ${directMessages}, ${finishedChats}, false, ${now})
    on conflict do nothing
    returning ${columns(sql)}`
  return row === undefined && businessId === undefined ? insertBusiness(sql, business) : row
}

export async function findBusiness(sql: Queries, businessId: BusinessId): Promise<BusinessRow | undefined> {
  const [row] = await sql<BusinessRow[]>`
    select ${columns(sql)}
      from market.businesses where business_id = ${businessId}`
  return row
}

/** Those of the ids that no business has. */
export async function listUnknownBusinesses(sql: Queries, businessIds: readonly bigint[]): Promise<bigint[]> {
  const rows = await sql<{ id: bigint }[]>`
    select id from unnest(${businessIds}::bigint[]) as wanted(id)
     where not exists (select from market.businesses where business_id = id)`
  return rows.map(row => row.id)
}

export function listBusinesses(sql: Queries, after: bigint, limit: number): Promise<BusinessRow[]> {
  return sql<BusinessRow[]>`
    select ${columns(sql)}
      from market.businesses where business_id > ${after} order by business_id limit ${limit}`
}

type BusinessChange = {
  name?: string | undefined
  directMessages?: DirectMessages | undefined
  apiDisabled?: boolean | undefined
  testChatsAnswer?: boolean | undefined
  finishedChats?: FinishedChats | undefined
}

export async function updateBusiness(
  sql: Queries,
  businessId: BusinessId,
  change: BusinessChange,
): Promise<BusinessRow | undefined> {
  const [row] = await sql<BusinessRow[]>`
    update market.businesses
       set name = coalesce(${change.name ?? null}, name),
           direct_messages = coalesce(${change.directMessages ?? null}, direct_messages),
           api_disabled = coalesce(${change.apiDisabled ?? null}, api_disabled),
           test_chats_answer = coalesce(${change.testChatsAnswer ?? null}, test_chats_answer),
           finished_chats = coalesce(${change.finishedChats ?? null}, finished_chats)
     where business_id = ${businessId}
    returning ${columns(sql)}`
  return row
}
