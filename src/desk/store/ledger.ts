import type { Queries } from '#database'
import { type Hold, isHeld } from './leases.ts'

export type ToldMessage = { chatId: bigint; messageId: bigint }

// Whoever knows the secret of the path can name as many as they like.
const toldMax = 1_000
/** How exact the time of the last notification is. */
const notedEvery = '2 seconds'

/** That notifications came, and which messages they have named that are not here. */
export async function noteTold(
  sql: Queries,
  cabinetId: bigint,
  { told, now }: { told: readonly ToldMessage[]; now: Date },
): Promise<void> {
  const [chatIds, messageIds] = [told.map(({ chatId }) => chatId), told.map(({ messageId }) => messageId)]
  await sql`
    with noted as (
      update desk.cabinets set notified_at = ${now}
       where cabinet_id = ${cabinetId} and (notified_at is null or notified_at <= ${now}::timestamptz - ${notedEvery}::interval))
    insert into desk.told_messages (cabinet_id, chat_id, message_id, told_at)
    select ${cabinetId}, u.chat_id, u.message_id, ${now}
      from unnest(${chatIds}::bigint[], ${messageIds}::bigint[]) as u(chat_id, message_id)
     where not exists (select from desk.messages m
             where m.cabinet_id = ${cabinetId} and m.chat_id = u.chat_id and m.message_id = u.message_id)
       and exists (select from desk.cabinets c where c.cabinet_id = ${cabinetId})
       and (select count(*) from desk.told_messages t where t.cabinet_id = ${cabinetId}) < ${toldMax}
     order by u.chat_id, u.message_id
    on conflict do nothing`
}

/** `told`: ids that notifications have named, ascending; none if only the list shows news. */
export type GapRow = { chatId: bigint; since: Date; told: bigint[]; isKnown: boolean; customerName: string | null }

/** The chats in which something is known of and not here, the longest first. */
export function listGaps(
  sql: Queries,
  cabinetId: bigint,
  { now, limit }: { now: Date; limit: number },
): Promise<GapRow[]> {
  return sql<GapRow[]>`
    select g.chat_id as "chatId", g.since, g.told, c.chat_id is not null as "isKnown", c.customer_name as "customerName"
      from desk.gaps_of(${cabinetId}, ${now}) g
      left join desk.chats c on c.cabinet_id = ${cabinetId} and c.chat_id = g.chat_id
     order by g.since, g.chat_id limit ${limit}`
}

/** What has come is no longer waited for. */
export async function forgetCome(sql: Queries, hold: Hold): Promise<void> {
  await sql`
    delete from desk.told_messages t
     where t.cabinet_id = ${hold.cabinetId} and ${isHeld(sql, hold)} and exists (select from desk.messages m
       where m.cabinet_id = t.cabinet_id and m.chat_id = t.chat_id and m.message_id = t.message_id)`
}

/** The market does not have these messages. */
export async function forgetTold(
  sql: Queries,
  hold: Hold,
  { chatId, messageIds }: { chatId: bigint; messageIds: readonly bigint[] },
): Promise<void> {
  await sql`
    delete from desk.told_messages
     where cabinet_id = ${hold.cabinetId} and chat_id = ${chatId} and message_id = any(${[...messageIds]}::bigint[])
       and ${isHeld(sql, hold)}`
}

/** The market has no such chat any more: what its list has shown of it cannot be read. */
export async function forgetNews(sql: Queries, hold: Hold, chatId: bigint): Promise<void> {
  await sql`
    update desk.chats set news_since = null
     where cabinet_id = ${hold.cabinetId} and chat_id = ${chatId} and ${isHeld(sql, hold)}`
}
