import type { Sender } from '#contract'
import type { Queries, Sql } from '#database'

type OfChat = { cabinetId: bigint; chatId: bigint }
export type FoundMessageData = OfChat & { messageId: bigint; createdAt: Date; sender: Sender; text: string }
type Where = { cabinetId?: bigint | undefined; limit: number }

const inCabinet = (sql: Queries, cabinetId: bigint | undefined) =>
  cabinetId === undefined ? sql`true` : sql`cabinet_id = ${cabinetId}`

/** Chats of which this number is the id, the order or the return. */
export async function findChatsByNumber(sql: Queries, id: bigint, { cabinetId, limit }: Where): Promise<OfChat[]> {
  return sql<OfChat[]>`
    select c.cabinet_id as "cabinetId", c.chat_id as "chatId" from desk.cabinets k
      join desk.chats c using (cabinet_id)
     where ${inCabinet(sql, cabinetId)} and (c.chat_id = ${id} or c.order_id = ${id} or c.return_id = ${id})
     order by coalesce(c.last_at, c.updated_at) desc limit ${limit}`
}

/** Chats whose buyer's name has these words; the last may be a part of one. The newest first. */
export async function findChatsByName(
  sql: Queries,
  words: readonly string[],
  { cabinetId, limit }: Where,
): Promise<OfChat[]> {
  return sql<OfChat[]>`
    select cabinet_id as "cabinetId", chat_id as "chatId" from desk.chats
     where to_tsvector('simple', coalesce(customer_name, '')) @@ to_tsquery('simple', ${prefixQuery(words)})
       and ${inCabinet(sql, cabinetId)}
     order by coalesce(last_at, updated_at) desc limit ${limit}`
}

// Of a frequent word there are enough among the newest messages; of any other so many are sorted.
const newestMax = 5_000
const sortedMax = 2_000
const farMax = 100_000

/** Messages that have these words in any of their forms; the last may be a part of one. The newest first. */
export async function findMessagesByWords(
  sql: Sql,
  words: readonly string[],
  where: Where,
): Promise<FoundMessageData[]> {
  const newest = await findWalking(sql, words, { ...where, walked: newestMax })
  if (newest.length === where.limit) return newest
  const sorted = await findSorted(sql, words, where)
  if ((sorted[0]?.hits ?? 0) <= sortedMax) return sorted
  const far = await findWalking(sql, words, { ...where, walked: farMax })
  return far.length < where.limit ? sorted : far
}

const message = (sql: Queries) => sql`
  m.cabinet_id as "cabinetId", m.chat_id as "chatId", m.message_id as "messageId", m.created_at as "createdAt", m.sender,
  coalesce(m.text, '') as text`
const newestFirst = (sql: Queries) => sql`created_at desc, cabinet_id desc, chat_id desc, message_id desc`

/** By the index of words, which the planner would not take for a word that it thinks is frequent and is not there. */
function findSorted(sql: Sql, words: readonly string[], { cabinetId, limit }: Where) {
  return sql.begin(async transaction => {
    await transaction`set local enable_seqscan = off`
    return transaction<(FoundMessageData & { hits: number })[]>`
      with hits as materialized (
        select cabinet_id, chat_id, message_id, created_at from desk.messages
         where words @@ (${formsQuery(sql, words)}) and ${inCabinet(sql, cabinetId)} limit ${sortedMax + 1}
      ), newest as (select * from hits order by ${newestFirst(sql)} limit ${limit})
      select ${message(sql)}, (select count(*) from hits)::integer as hits from newest n
        join desk.messages m
          on m.cabinet_id = n.cabinet_id and m.chat_id = n.chat_id and m.message_id = n.message_id
       order by m.created_at desc, m.cabinet_id desc, m.chat_id desc, m.message_id desc`
  })
}

function findWalking(
  sql: Queries,
  words: readonly string[],
  { cabinetId, limit, walked }: Where & { walked: number },
): Promise<FoundMessageData[]> {
  return sql<FoundMessageData[]>`
    select ${message(sql)} from (
      select * from desk.messages where ${inCabinet(sql, cabinetId)} order by ${newestFirst(sql)} limit ${walked}) m
     where m.words @@ (${formsQuery(sql, words)})
     order by m.created_at desc, m.cabinet_id desc, m.chat_id desc, m.message_id desc limit ${limit}`
}

/** Words of letters and digits alone, so that nothing in them is an operator. */
function prefixQuery(words: readonly string[]): string {
  return words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ')
}

/** Each word by its stem, or as it stands; a word that Russian has too often has no stem. */
function formsQuery(sql: Queries, words: readonly string[]) {
  const last = words.at(-1) ?? ''
  return words
    .slice(0, -1)
    .reduce(
      (query, word) => sql`${query} && (plainto_tsquery('russian', ${word}) || to_tsquery('simple', ${word}))`,
      sql`(plainto_tsquery('russian', ${last}) || to_tsquery('simple', ${`${last}:*`}))`,
    )
}
