import type { Queries, Sql } from '#database'

type CabinetState = 'active' | 'paused' | 'refused'
type CampaignRow = { campaignId: bigint; name: string }

export type CabinetRow = {
  cabinetId: bigint
  baseUrl: string
  businessId: bigint
  name: string
  keyName: string
  scopes: string[]
  state: CabinetState
  refusal: string | null
  notifiedAt: Date | null
  checkedAt: Date | null
  awaySince: Date | null
  createdAt: Date
  campaigns: CampaignRow[]
}

export type SealedCabinet = { cabinetId: bigint; sealedKey: Buffer; sealedNotificationSecret: Buffer }

const columns = (sql: Queries) => sql`
  c.cabinet_id as "cabinetId", c.base_url as "baseUrl", c.business_id as "businessId", c.name, c.key_name as "keyName",
  c.scopes, c.state, c.refusal, c.notified_at as "notifiedAt", c.checked_at as "checkedAt", c.away_since as "awaySince",
  c.created_at as "createdAt"`

/** In the order in which they were added. */
export async function listCabinets(sql: Queries): Promise<CabinetRow[]> {
  const cabinets = await sql<Omit<CabinetRow, 'campaigns'>[]>`
    select ${columns(sql)} from desk.cabinets c order by c.cabinet_id`
  const campaigns = await sql<(CampaignRow & { cabinetId: bigint })[]>`
    select cabinet_id as "cabinetId", campaign_id as "campaignId", name from desk.campaigns order by cabinet_id, campaign_id`
  const byCabinet = Map.groupBy(campaigns, ({ cabinetId }) => cabinetId)
  const of = (cabinetId: bigint) =>
    (byCabinet.get(cabinetId) ?? []).map(({ campaignId, name }) => ({ campaignId, name }))
  return cabinets.map(cabinet => ({ ...cabinet, campaigns: of(cabinet.cabinetId) }))
}

export async function findCabinet(sql: Queries, cabinetId: bigint): Promise<CabinetRow | undefined> {
  const [cabinet] = await sql<Omit<CabinetRow, 'campaigns'>[]>`
    select ${columns(sql)} from desk.cabinets c where c.cabinet_id = ${cabinetId}`
  if (!cabinet) return undefined
  const campaigns = await sql<CampaignRow[]>`
    select campaign_id as "campaignId", name from desk.campaigns where cabinet_id = ${cabinetId} order by campaign_id`
  return { ...cabinet, campaigns: [...campaigns] }
}

export async function nextCabinetId(sql: Queries): Promise<bigint> {
  const [row] = await sql<[{ id: bigint }]>`select nextval('desk.ids') as id`
  return row.id
}

export type NewCabinet = {
  cabinetId: bigint
  baseUrl: string
  businessId: bigint
  name: string
  keyName: string
  scopes: readonly string[]
  sealedKey: Buffer
  notificationHash: Buffer
  sealedNotificationSecret: Buffer
  campaigns: readonly CampaignRow[]
  now: Date
}

/** False if the desk knows this business of this market already. */
export function insertCabinet(sql: Sql, cabinet: NewCabinet): Promise<boolean> {
  const { cabinetId, baseUrl, businessId, name, keyName, scopes, campaigns, now } = cabinet
  return sql.begin(async transaction => {
    const { count } = await transaction`
      insert into desk.cabinets
             (cabinet_id, base_url, business_id, name, sealed_key, key_name, scopes, notification_hash,
              sealed_notification_secret, state, created_at)
      values (${cabinetId}, ${baseUrl}, ${businessId}, ${name}, ${cabinet.sealedKey}, ${keyName}, ${[...scopes]},
              ${cabinet.notificationHash}, ${cabinet.sealedNotificationSecret}, 'active', ${now})
      on conflict (base_url, business_id) do nothing`
    if (count === 0) return false
    await transaction`insert into desk.leases (cabinet_id) values (${cabinetId})`
    await transaction`insert into desk.syncs (cabinet_id) values (${cabinetId})`
    await putCampaigns(transaction, cabinetId, campaigns)
    return true
  })
}

async function putCampaigns(sql: Queries, cabinetId: bigint, campaigns: readonly CampaignRow[]): Promise<void> {
  await sql`
    insert into desk.campaigns (cabinet_id, campaign_id, name)
    select ${cabinetId}, u.campaign_id, u.name
      from unnest(${campaigns.map(({ campaignId }) => campaignId)}::bigint[], ${campaigns.map(({ name }) => name)}::text[])
           as u(campaign_id, name)
    on conflict (cabinet_id, campaign_id) do update set name = excluded.name`
}

type NewKey = Pick<NewCabinet, 'sealedKey' | 'keyName' | 'scopes' | 'campaigns'>

/** A cabinet whose key was refused is worked again. */
export function replaceKey(sql: Sql, cabinetId: bigint, key: NewKey): Promise<void> {
  return sql.begin(async transaction => {
    await transaction`
      update desk.cabinets
         set sealed_key = ${key.sealedKey}, key_name = ${key.keyName}, scopes = ${[...key.scopes]}, refusal = null,
             state = case state when 'refused' then 'active' else state end
       where cabinet_id = ${cabinetId}`
    await putCampaigns(transaction, cabinetId, key.campaigns)
  })
}

export async function renameCabinet(sql: Queries, cabinetId: bigint, name: string): Promise<void> {
  await sql`
    update desk.cabinets set name = ${name} where cabinet_id = ${cabinetId}`
}

export async function setBaseUrl(sql: Queries, cabinetId: bigint, baseUrl: string): Promise<void> {
  await sql`
    update desk.cabinets set base_url = ${baseUrl} where cabinet_id = ${cabinetId}`
}

/** Paused, or worked again; one whose key is refused stays so. */
export async function setCabinetState(sql: Queries, cabinetId: bigint, state: 'active' | 'paused'): Promise<boolean> {
  const { count } = await sql`
    update desk.cabinets set state = ${state} where cabinet_id = ${cabinetId} and state <> 'refused'`
  return count > 0
}

// Few enough to be deleted in the time that a statement has.
const chatsPerDelete = 500

/** Whoever works it writes nothing from now on, and nobody takes it. */
export async function closeCabinet(sql: Queries, cabinetId: bigint): Promise<void> {
  await sql`
    update desk.cabinets set state = 'paused', refusal = null where cabinet_id = ${cabinetId}`
  await sql`
    update desk.leases set owner = null, epoch = epoch + 1, expires_at = '-infinity' where cabinet_id = ${cabinetId}`
}

/** With everything that was mirrored, some chats at a time. */
export async function deleteCabinet(sql: Queries, cabinetId: bigint): Promise<boolean> {
  let deleted = 0
  do {
    const some = await sql`
      delete from desk.chats where cabinet_id = ${cabinetId} and chat_id in (
        select chat_id from desk.chats where cabinet_id = ${cabinetId} limit ${chatsPerDelete})`
    deleted = some.count
  } while (deleted > 0)
  const { count } = await sql`
    delete from desk.cabinets where cabinet_id = ${cabinetId}`
  return count > 0
}

export async function findSealed(sql: Queries, cabinetId: bigint): Promise<SealedCabinet | undefined> {
  const [row] = await sql<SealedCabinet[]>`
    select cabinet_id as "cabinetId", sealed_key as "sealedKey", sealed_notification_secret as "sealedNotificationSecret"
      from desk.cabinets where cabinet_id = ${cabinetId}`
  return row
}

/** All of them, locked until the end of the transaction. */
export async function lockSealed(sql: Queries): Promise<SealedCabinet[]> {
  await sql`lock table desk.cabinets in exclusive mode`
  return sql<SealedCabinet[]>`
    select cabinet_id as "cabinetId", sealed_key as "sealedKey", sealed_notification_secret as "sealedNotificationSecret"
      from desk.cabinets`
}

export async function saveSealed(sql: Queries, { cabinetId, ...sealed }: SealedCabinet): Promise<void> {
  await sql`
    update desk.cabinets
       set sealed_key = ${sealed.sealedKey}, sealed_notification_secret = ${sealed.sealedNotificationSecret}
     where cabinet_id = ${cabinetId}`
}

export type NotifiedCabinet = { cabinetId: bigint; businessId: bigint }

export async function findNotified(sql: Queries, hash: Buffer): Promise<NotifiedCabinet | undefined> {
  const [row] = await sql<NotifiedCabinet[]>`
    select cabinet_id as "cabinetId", business_id as "businessId" from desk.cabinets where notification_hash = ${hash}`
  return row
}
