import type { Sql } from '#database'
import { withoutIndexes } from './without-indexes.ts'

/** How much a database is to have. Half of its chats, and all of its query log, are in the cabinet 1. */
export type Size = { messages: number; chats: number; requests: number }

const messagesPerChat = 100
/** More in the first chat, whose history is read far in. */
const longChatMessages = 1_000
// Chats that are talked in at the same time: their messages lie among each other.
const chatsAtOnce = 1_000
const otherBusinesses = 10
/** Of whatever is rare in the cabinet 1, however large that is. */
const rareCount = 10
export const rareText = 'Яромира'

export function sizeOf(messages: number): Size {
  return { messages, chats: Math.max(messages / messagesPerChat, 100), requests: messages / 2 }
}

/** Fills the tables of a market in which the businesses 1 to 11, a campaign and a key of each are there already. */
export async function fill(sql: Sql, size: Size): Promise<void> {
  await fillCustomers(sql, size)
  await fillChats(sql, size)
  await withoutIndexes(sql, 'market.messages', () => fillMessages(sql, size))
  await withoutIndexes(sql, 'market.deliveries', () => fillDeliveries(sql, size))
  await withoutIndexes(sql, 'market.delivery_attempts', () => fillAttempts(sql))
  await withoutIndexes(sql, 'market.requests', () => fillRequests(sql, size))
  await sql`select setval('market.ids', ${32 * (size.chats + size.messages + 2 * longChatMessages)}::bigint)`
  await sql.unsafe('vacuum analyze')
}

/** One customer for four chats, and one more for each direct chat. */
async function fillCustomers(sql: Sql, { chats }: Size): Promise<void> {
  await sql`
    insert into market.customers (customer_id, public_id, name, created_at)
    select i, 'growth-' || i,
           case when i <= ${rareCount} then ${rareText}::text
                else (array['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Елена', 'Игорь', 'Ольга', 'Пётр', 'Фёдор'])[i % 10 + 1] end
             || ' ' || (array['Соколова', 'Орлов', 'Лебедева', 'Зайцев', 'Морозова', 'Белов', 'Крылова'])[i % 7 + 1],
           now() - interval '10 days'
      from generate_series(1, ${chats}::bigint / 4 + ${chats}::bigint / 10 + 1) i`
}

/** The place of a chat n: its business, and which chat of the business it is. Chat ids are 32 apart, as those of a market. */
const place = (sql: Sql) => sql`
  select n, 32 * n as chat_id, (n + 1) / 2 as k,
         case when n % 2 = 1 then 1 else 2 + (n / 2) % ${otherBusinesses} end as business_id`

/** When the message j of them all was written: within the last nine days. */
const momentOf = (sql: Sql, j: unknown, { messages }: Size) => sql`
  (date_trunc('hour', now()) - interval '9 days' + (${j}::float8 / ${messages + longChatMessages}::float8) * interval '9 days' - interval '1 hour')`

/** The last of the messages of a chat n. */
const lastOf = (sql: Sql, { chats, messages }: Size) => {
  const atOnce = Math.min(chatsAtOnce, chats)
  const inBlock = atOnce * messagesPerChat
  return sql`
    (case when n = 1 then ${messages + longChatMessages}::bigint
          else ((n - 1) / ${atOnce}) * ${inBlock}::bigint + ${inBlock - atOnce}::bigint + (n - 1) % ${atOnce} + 1 end)`
}

/** The chat of the message j of them all. */
const chatOf = (sql: Sql, { chats, messages }: Size) => {
  const atOnce = Math.min(chatsAtOnce, chats)
  const inBlock = atOnce * messagesPerChat
  return sql`
    (case when j > ${messages}::bigint then 1
          else ((j - 1) / ${inBlock}) * ${atOnce} + ((j - 1) % ${inBlock}) % ${atOnce} + 1 end)`
}

async function fillChats(sql: Sql, size: Size): Promise<void> {
  const { chats } = size
  // Of the cabinet 1, every so many chats are rare: as many in a large one as in a small one.
  const apart = chats / 2 / rareCount
  await sql`
    create temporary table placed as
    select p.*, market.lane_of(business_id) as lane,
           case when k % 10 = 4 then 'direct' when k % 5 = 2 then 'return' else 'order' end as context,
           case when k % 10 = 4 then ${chats}::bigint / 4 + n / 20 + 1 else (n - 1) % (${chats}::bigint / 4) + 1 end as customer_id,
           (k % ${apart})::integer as turn, ${momentOf(sql, lastOf(sql, size), size)} as moved_at,
           32 * (${chats}::bigint + ${lastOf(sql, size)}) as last_id
      from (${place(sql)} from generate_series(1, ${chats}::bigint) n) p`
  await sql`
    insert into market.orders (lane, business_id, order_id, campaign_id, customer_id, status, items, fake, created_at, expires_at)
    select lane, business_id, 500000000 + n, business_id, customer_id, 'PROCESSING',
           jsonb_build_array(jsonb_build_object('offerId', 'offer-' || n % 500, 'name', 'Кружка', 'count', 1)), turn = 3, moved_at,
           case when turn = 3 then now() + interval '9 days' end
      from placed where context <> 'direct'`
  await sql`
    insert into market.returns (lane, business_id, return_id, order_id, created_at)
    select lane, business_id, 700000000 + n, 500000000 + n, moved_at from placed where context = 'return'`
  await sql`
    insert into market.chats (lane, business_id, chat_id, context_type, context_id, order_id, return_id, campaign_id, customer_id, fake,
                              type, status, created_at, updated_at, changed_at, changed_in, last_message_id)
    select lane, business_id, chat_id, context,
           case context when 'direct' then customer_id when 'return' then 700000000 + n else 500000000 + n end,
           case when context <> 'direct' then 500000000 + n end, case when context = 'return' then 700000000 + n end,
           case when context <> 'direct' then business_id end, customer_id, turn = 3 and context <> 'direct',
           case when turn = 1 then 'arbitrage' else 'chat' end,
           case turn when 0 then 'waiting_for_market' when 1 then 'waiting_for_arbiter'
                else (array['waiting_for_customer', 'finished', 'waiting_for_partner'])[k % 3 + 1] end,
           moved_at - interval '1 hour', moved_at, moved_at, pg_current_xact_id(), last_id
      from placed`
  await sql`
    insert into market.customer_businesses select distinct customer_id, business_id from placed`
}

const lanes = (sql: Sql) =>
  sql`(select array_agg(market.lane_of(b) order by b) as lanes from generate_series(1, ${1 + otherBusinesses}::bigint) b)`

/** In the order in which they were written, as they lie in a table that has grown. */
async function fillMessages(sql: Sql, size: Size): Promise<void> {
  const { chats, messages } = size
  await sql`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body, file_name, file_size, file_hash, file_type)
    select l.lanes[business_id], business_id, chat_id, 32 * (${chats}::bigint + j), ${momentOf(sql, sql`j`, size)},
           case when j % 2 = 0 then 'partner' else 'customer' end, case when is_file then 'file' else 'text' end,
           case when not is_file then 'Здравствуйте! Заказ передан в доставку, курьер позвонит за час. Номер ' || j end,
           case when is_file then 'photo.png' end, case when is_file then 3124 end, case when is_file then md5(j::text) || md5(n::text) end,
           case when is_file then 'image/png' end
      from ${lanes(sql)} l, lateral (
        select q.j, q.j % 50 = 0 as is_file, p.* from (
          select j, ${chatOf(sql, size)} as n from generate_series(1, ${messages + longChatMessages}::bigint) j) q,
          lateral (${place(sql)} from (select q.n) x) p) m`
}

/** Each message told to the subscription of its business, each chat that was opened, and a few disputes. */
async function fillDeliveries(sql: Sql, size: Size): Promise<void> {
  const { chats, messages } = size
  await sql`
    insert into market.subscriptions (lane, business_id, subscription_id, name, url, types, state, state_since, salt, created_at, failures, due_at)
    select market.lane_of(b), b, b, 'growth', 'http://127.0.0.1:9', '{chat_created,dispute_finished,dispute_started,message_sent}', 'enabled',
           now(), 'salt', now(), 1, now() + interval '50 minutes'
      from generate_series(1, ${1 + otherBusinesses}::bigint) b`
  const told = sql`
    select chat_id as event_id, 'chat_created' as type, n, 1::bigint as j from (${place(sql)} from generate_series(1, ${chats}::bigint) n) c
    union all
    select 32 * (${chats}::bigint + ${lastOf(sql, size)}) + 1, 'dispute_started', n, ${lastOf(sql, size)}
      from (${place(sql)} from generate_series(1, ${chats}::bigint) n) c where k % ${chats / 2 / rareCount} = 1
    union all
    select 32 * (${chats}::bigint + j), 'message_sent', ${chatOf(sql, size)}, j from generate_series(1, ${messages + longChatMessages}::bigint) j`
  // In the cabinet 1 the newest few wait, and a few are refused or cancelled.
  const apart = Math.floor(messages / 2 / rareCount)
  await sql`
    insert into market.deliveries (lane, business_id, subscription_id, event_id, type, chat_id, message_id, happened_at, state, attempt, attempted_at, finished_at)
    select l.lanes[p.business_id], p.business_id, p.business_id, t.event_id, t.type, p.chat_id,
           case when t.type = 'message_sent' then t.event_id end, ${momentOf(sql, sql`t.j`, size)}, s.state,
           case when s.state = 'waiting' then 0 else 1 end,
           case when s.state <> 'waiting' then ${momentOf(sql, sql`t.j`, size)} end,
           case when s.state <> 'waiting' then ${momentOf(sql, sql`t.j`, size)} + interval '1 second' end
      from ${lanes(sql)} l, (${told}) t, lateral (${place(sql)} from (select t.n) x) p, lateral (
        select case when t.type <> 'message_sent' then 'delivered' when t.j > ${messages + longChatMessages - 2 * rareCount}::bigint then 'waiting'
                    when t.j % ${apart} = 1 then 'refused' when t.j % ${apart} = 3 then 'cancelled' else 'delivered' end as state) s`
}

async function fillAttempts(sql: Sql): Promise<void> {
  await sql`
    insert into market.delivery_attempts (lane, business_id, subscription_id, event_id, type, attempt, started_at, duration_ms, outcome, status)
    select lane, business_id, subscription_id, event_id, type, 1, attempted_at, 40, case when state = 'refused' then 'refused' else 'delivered' end,
           case when state = 'refused' then 400 else 200 end
      from market.deliveries where attempt = 1`
}

const answer = '{"status":"OK","result":{"chats":[{"chatId":'

/** The calls of the key of the cabinet 1. */
async function fillRequests(sql: Sql, { requests }: Size): Promise<void> {
  const apart = Math.floor(requests / rareCount)
  await sql`
    insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms, trace_id, is_cut,
                                 request_body, response_body, text_bytes)
    select lane, 1, at, i, key_id, operation, 'POST', path, status, 12, md5(i::text)::uuid, false, asked, answered,
           octet_length(path) + octet_length(asked) + octet_length(answered)
      from (
        select market.lane_of(1) as lane, k.key_id, i, date_trunc('hour', now()) - interval '9 days' + (i::float8 / ${requests}) * interval '9 days' - interval '1 hour' as at,
               case when i % ${apart} = 7 then 'getCampaigns' when i % 2 = 0 then 'getChats' when i % 5 = 1 then 'sendMessageToChat' else 'getChatHistory' end as operation,
               case when i % ${apart} = 9 then 420 when i % 100 = 5 then 404 else 200 end as status,
               '/v2/businesses/1/chats?limit=20&n=' || i as path, '{"statuses":["WAITING_FOR_PARTNER"],"n":' || i || '}' as asked,
               ${answer}::text || i || repeat(',"type":"CHAT","status":"WAITING_FOR_PARTNER"', 8) || '}]}}' as answered
          from generate_series(1, ${requests}::bigint) i, (select key_id from market.api_keys where business_id = 1) k) r`
}
