import type { Queries, Sql } from '#database'

export const tokenPurposes = ['admin', 'console', 'buyer', 'business'] as const
export type TokenPurpose = (typeof tokenPurposes)[number]

/** Whose tokens: a customer's, a business's, or one session or ticket of the console. '' is everybody. */
export type TokenSubject = { purpose: TokenPurpose; subject: string }
export type RevocationRow = TokenSubject & { generation: number; validFrom: Date }

/** What was revoked after a moment, oldest first. Who knows one knows all that were committed before it. */
export function listRevocations(sql: Queries, after: Date): Promise<RevocationRow[]> {
  return sql<RevocationRow[]>`
    select purpose, subject, generation, valid_from as "validFrom"
      from market.token_revocations where valid_from > ${after} order by valid_from`
}

const firstGeneration = 2

/** Voids what was made before, all at one moment of the database's clock that no earlier revocation has. Of each: whether it is its first. */
export function saveRevocations(sql: Sql, revoked: readonly TokenSubject[]): Promise<boolean[]> {
  const [purposes, subjects] = [revoked.map(({ purpose }) => purpose), revoked.map(({ subject }) => subject)]
  return sql.begin(async transaction => {
    await transaction`lock table market.token_revocations in exclusive mode`
    const rows = await transaction<{ generation: number }[]>`
      insert into market.token_revocations as r (purpose, subject, generation, valid_from)
      select purpose, subject, ${firstGeneration}::integer,
             greatest(date_trunc('milliseconds', clock_timestamp()),
                      (select max(valid_from) + interval '1 millisecond' from market.token_revocations))
        from unnest(${purposes}::text[], ${subjects}::text[]) as u(purpose, subject)
      on conflict (purpose, subject)
      do update set generation = r.generation + 1, valid_from = excluded.valid_from
      returning generation`
    return rows.map(({ generation }) => generation === firstGeneration)
  })
}

/** Removes those of single subjects; generations stay. */
export async function pruneRevocations(sql: Queries, purpose: TokenPurpose, before: Date): Promise<void> {
  await sql`
    delete from market.token_revocations
     where valid_from < ${before} and purpose = ${purpose} and subject <> ''`
}
