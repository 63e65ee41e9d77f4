import type { Queries } from '#database'

/** A cabinet as a process holds it. The epoch grows with each owner: what an old one writes changes nothing. */
export type Hold = { cabinetId: bigint; owner: string; epoch: bigint }

/** Renews the leases of a process, and takes those that nobody holds, up to its share among the processes that live. */
export async function keepLeases(sql: Queries, owner: string, ttlMs: number): Promise<Hold[]> {
  const rows = await sql<{ cabinetId: bigint; epoch: bigint }[]>`
    select cabinet_id as "cabinetId", epoch from desk.keep_leases(${owner}::uuid, ${ttlMs})`
  return rows.map(row => ({ ...row, owner }))
}

/** They are nobody's: at once for a process that is started after this, for others after the ttl. */
export async function giveLeasesBack(sql: Queries, owner: string, ttlMs: number): Promise<void> {
  await sql`
    select desk.give_leases_back(${owner}::uuid, ${ttlMs})`
}

/** The condition of what an owner writes: true only while it holds the cabinet. */
export function isHeld(sql: Queries, { cabinetId, owner, epoch }: Hold) {
  return sql`(select desk.holds(${cabinetId}::bigint, ${owner}::uuid, ${epoch}::bigint))`
}
