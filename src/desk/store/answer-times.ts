import type { Queries } from '#database'

/** How often the shop has answered on a day, and how long the buyers had waited on average. `day` counts from 1. */
export type DayOfAnswers = { day: number; answers: number; averageSeconds: number }

// Of each cabinet and day, the newest: who answers more has an average of these.
const answersMax = 1_000

/**
 * Of the days that begin at these times, the last of which is today: each first message of the shop after a buyer's, and the time since
 * the first message of the buyer that nobody had answered or called done. A day without answers is left out.
 */
export async function countAnswers(
  sql: Queries,
  { starts, cabinetId }: { starts: readonly Date[]; cabinetId?: bigint | undefined },
): Promise<DayOfAnswers[]> {
  const ends = [...starts.slice(1).map(at => at.toISOString()), 'infinity']
  return sql<DayOfAnswers[]>`
    select d.day::integer as day, count(*)::integer as answers,
           round(avg(greatest(extract(epoch from a.created_at - q.created_at), 0)))::integer as "averageSeconds"
      from desk.cabinets k
     cross join unnest(${starts}::timestamptz[], ${ends}::timestamptz[]) with ordinality as d(starts_at, ends_at, day)
     cross join lateral (
       select m.cabinet_id, m.chat_id, m.message_id, m.created_at from desk.messages m
        where m.cabinet_id = k.cabinet_id and m.sender = 'PARTNER' and m.created_at >= d.starts_at and m.created_at < d.ends_at
        order by m.created_at desc limit ${answersMax}) a
      join desk.chats c on c.cabinet_id = a.cabinet_id and c.chat_id = a.chat_id
      left join lateral (
       select m.message_id from desk.messages m
        where m.cabinet_id = a.cabinet_id and m.chat_id = a.chat_id and m.message_id < a.message_id and m.sender = 'PARTNER'
        order by m.message_id desc limit 1) p on true
     cross join lateral (
       select m.created_at from desk.messages m
        where m.cabinet_id = a.cabinet_id and m.chat_id = a.chat_id and m.message_id < a.message_id and m.sender = 'CUSTOMER'
          and m.message_id > greatest(p.message_id, case when c.done_to_message_id < a.message_id then c.done_to_message_id end, 0)
        order by m.message_id limit 1) q
     where ${cabinetId === undefined ? sql`true` : sql`k.cabinet_id = ${cabinetId}`}
     group by 1`
}
