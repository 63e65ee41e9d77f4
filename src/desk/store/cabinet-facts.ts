import type { Queries } from '#database'

export async function hasCabinet(sql: Queries, cabinetId: bigint): Promise<boolean> {
  const rows = await sql`
    select from desk.cabinets where cabinet_id = ${cabinetId}`
  return rows.length > 0
}

/** What decides whether a cabinet's chats can be answered. */
export type AnsweringFacts = { scopes: string[]; state: 'active' | 'paused' | 'refused' }

export async function findAnsweringFacts(sql: Queries, cabinetId: bigint): Promise<AnsweringFacts | undefined> {
  const [facts] = await sql<AnsweringFacts[]>`
    select scopes, state from desk.cabinets where cabinet_id = ${cabinetId}`
  return facts
}

export type SyncFacts = {
  cabinetId: bigint
  progress: unknown
  isMirrored: boolean
  waitingAnswers: number
  gaps: number
}

/** How far the mirrors are, how many answers have not left, and in how many chats something is missing. */
export async function listSyncFacts(sql: Queries, now: Date): Promise<SyncFacts[]> {
  return sql<SyncFacts[]>`
    select s.cabinet_id as "cabinetId", s.progress, s.is_mirrored as "isMirrored",
           (select count(*) from desk.answers a
             where a.cabinet_id = s.cabinet_id and a.state in ('waiting', 'sending'))::integer as "waitingAnswers",
           (select count(*) from desk.gaps_of(s.cabinet_id, ${now}))::integer as gaps
      from desk.syncs s`
}
