import type { BusinessId, Scope } from '#contract'
import type { Queries, Sql } from '#database'

export type KeyRow = {
  keyId: bigint
  businessId: BusinessId
  name: string
  scopes: Scope[]
  createdAt: Date
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** A key with what the HTTP edge must know of its business. */
export type KeyWithBusiness = KeyRow & { apiDisabled: boolean }

export async function findKeyByHash(sql: Sql, hash: Buffer): Promise<KeyWithBusiness | undefined> {
  const [row] = await sql<KeyWithBusiness[]>`
    select k.key_id as "keyId", k.business_id as "businessId", k.name, k.scopes, k.created_at as "createdAt",
           k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt", b.api_disabled as "apiDisabled"
      from market.api_keys k join market.businesses b using (business_id)
     where k.hash = ${hash}`
  return row
}

export function listKeys(sql: Queries, businessId: BusinessId): Promise<KeyRow[]> {
  return sql<KeyRow[]>`
    select key_id as "keyId", business_id as "businessId", name, scopes, created_at as "createdAt",
           revoked_at as "revokedAt", last_used_at as "lastUsedAt"
      from market.api_keys where business_id = ${businessId} order by key_id`
}

type NewKey = { businessId: BusinessId; name: string; hash: Buffer; scopes: Scope[]; max: number; now: Date }

/** Undefined if the business has `max` keys that are not revoked, or the very same key. */
export function insertKey(sql: Sql, key: NewKey): Promise<KeyRow | undefined> {
  return sql.begin(transaction => insertKeyIn(transaction, key))
}

/** The same in a transaction. The business's row is the lock between racing callers. */
export async function insertKeyIn(
  transaction: Queries,
  { businessId, name, hash, scopes, max, now }: NewKey,
): Promise<KeyRow | undefined> {
  await transaction`select from market.businesses where business_id = ${businessId} for update`
  const [row] = await transaction<KeyRow[]>`
    insert into market.api_keys (key_id, business_id, name, hash, scopes, created_at)
    select nextval('market.directory_numbers'), ${businessId}, ${name}, ${hash}, ${scopes}, ${now}
     where (select count(*) from market.api_keys where business_id = ${businessId} and revoked_at is null) < ${max}
    on conflict (hash) do nothing
    returning key_id as "keyId", business_id as "businessId", name, scopes, created_at as "createdAt",
              revoked_at as "revokedAt", last_used_at as "lastUsedAt"`
  return row
}

/** False if the business has no such key. Revoking twice keeps the first time. */
export async function revokeKey(sql: Sql, businessId: BusinessId, keyId: bigint, now: Date): Promise<boolean> {
  const { count } = await sql`
    update market.api_keys set revoked_at = coalesce(revoked_at, ${now})
     where business_id = ${businessId} and key_id = ${keyId}`
  return count > 0
}

export async function saveLastUse(sql: Sql, uses: ReadonlyMap<bigint, Date>): Promise<void> {
  await sql`
    update market.api_keys k set last_used_at = greatest(k.last_used_at, u.at)
      from unnest(${[...uses.keys()]}::bigint[], ${Array.from(uses.values(), at => at.toISOString())}::timestamptz[]) as u(id, at)
     where k.key_id = u.id`
}
