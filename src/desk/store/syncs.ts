import type { Queries } from '#database'
import { type Hold, isHeld } from './leases.ts'

export type SyncRow = {
  progress: unknown
  limits: unknown
  proof: unknown
  proofWantedAt: Date | null
  problem: string | null
  problemAt: Date | null
}

export async function readNotes(sql: Queries, cabinetId: bigint): Promise<string | undefined> {
  const [row] = await sql<{ notes: string | null }[]>`
    select notes from desk.syncs where cabinet_id = ${cabinetId}`
  return row?.notes ?? undefined
}

/** False if the cabinet is not the owner's any more. */
export async function writeNotes(sql: Queries, hold: Hold, notes: string): Promise<boolean> {
  const { count } = await sql`
    update desk.syncs set notes = ${notes} where cabinet_id = ${hold.cabinetId} and ${isHeld(sql, hold)}`
  return count > 0
}

export async function findSync(sql: Queries, cabinetId: bigint): Promise<SyncRow | undefined> {
  const [row] = await sql<SyncRow[]>`
    select progress, limits, proof, proof_wanted_at as "proofWantedAt", problem, problem_at as "problemAt"
      from desk.syncs where cabinet_id = ${cabinetId}`
  return row
}

export type Standing = {
  progress: object
  /** Whether all chats are read now. */
  isWhole: boolean
  limits: object
  problem: { text: string; at: Date } | undefined
  /** When the market last answered. */
  checkedAt: Date | undefined
  awaySince: Date | undefined
}

/** How the mirror stands now. False if the cabinet is not the owner's any more. */
export async function saveStanding(sql: Queries, hold: Hold, standing: Standing): Promise<boolean> {
  const { progress, isWhole, limits, problem, checkedAt, awaySince } = standing
  const { count } = await sql`
    with synced as (
      update desk.syncs set progress = ${JSON.stringify(progress)}::jsonb, limits = ${JSON.stringify(limits)}::jsonb,
             is_mirrored = is_mirrored or ${isWhole},
             problem = coalesce(${problem?.text ?? null}, problem), problem_at = coalesce(${problem?.at ?? null}, problem_at)
       where cabinet_id = ${hold.cabinetId} and ${isHeld(sql, hold)} returning cabinet_id)
    update desk.cabinets c set checked_at = greatest(c.checked_at, ${checkedAt ?? null}), away_since = ${awaySince ?? null}
      from synced s where c.cabinet_id = s.cabinet_id`
  return count > 0
}

/** The market does not take the key: the cabinet is not worked until it has another. */
export async function refuseCabinet(sql: Queries, hold: Hold, refusal: string): Promise<void> {
  await sql`
    update desk.cabinets set state = 'refused', refusal = ${refusal}, away_since = null
     where cabinet_id = ${hold.cabinetId} and state = 'active' and ${isHeld(sql, hold)}`
}

/** False if there is no such cabinet. */
export async function wantProof(sql: Queries, cabinetId: bigint, now: Date): Promise<boolean> {
  const { count } = await sql`
    update desk.syncs set proof_wanted_at = ${now} where cabinet_id = ${cabinetId}`
  return count > 0
}

/** A wish that came while it was proved stays one. */
export async function saveProof(
  sql: Queries,
  hold: Hold,
  { proof, wantedAt }: { proof: object; wantedAt: Date },
): Promise<void> {
  await sql`
    update desk.syncs set proof = ${JSON.stringify(proof)}::jsonb,
           proof_wanted_at = case when proof_wanted_at > ${wantedAt} then proof_wanted_at end
     where cabinet_id = ${hold.cabinetId} and ${isHeld(sql, hold)}`
}
