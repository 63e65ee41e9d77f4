import type { Queries } from '#database'

/** `free` attempts are not delayed; each further one doubles the wait, up to `maxSeconds`. */
type Throttling = { free: number; maxSeconds: number }
type Taking = Throttling & { now: Date }

const forgottenAfter = '1 hour'
const maxDoublings = 12

/** Counts an attempt before it is made, so that many at once are counted too. How many seconds to wait, if it may not be made. */
export async function takeAttempt(sql: Queries, subject: string, { free, maxSeconds, now }: Taking) {
  const { count } = await sql`
    insert into desk.sign_in_failures as f (subject, count, until) values (${subject}, 1, ${now})
    on conflict (subject) do update set
      count = case when f.until < ${now}::timestamptz - ${forgottenAfter}::interval then 1 else f.count + 1 end,
      until = case when f.count + 1 < ${free} or f.until < ${now}::timestamptz - ${forgottenAfter}::interval then ${now}
        else ${now}::timestamptz
          + make_interval(secs => least(${maxSeconds}, 2 ^ least(f.count + 2 - ${free}, ${maxDoublings}))) end
    where f.until <= ${now}`
  if (count > 0) return undefined
  const [row] = await sql<{ seconds: number }[]>`
    select greatest(1, ceil(extract(epoch from until - ${now}::timestamptz)))::integer as seconds
      from desk.sign_in_failures where subject = ${subject}`
  return row?.seconds ?? 1
}

export async function forgetAttempts(sql: Queries, subject: string): Promise<void> {
  await sql`
    delete from desk.sign_in_failures where subject = ${subject}`
}

/** What nobody has tried for a day. */
export async function pruneAttempts(sql: Queries, now: Date): Promise<void> {
  await sql`
    delete from desk.sign_in_failures where until < ${now}::timestamptz - interval '1 day'`
}
