import type { BenchBusiness, Stage } from '../stage.ts'

export const text = 'Здравствуйте! Ваш заказ передан в доставку, курьер позвонит за час.'
export const messagesOfHistory = 100
/** Ids of a sequence of the market are this far apart. */
export const idStep = 32

export type Histories = { firstMessageOf(chatId: number): number; someMessageOf(chatId: number): number }

const filled = new WeakMap<Stage, Promise<Histories>>()

/** A history in every chat of the stage's businesses, written once; the ids rise from chat to chat in the order of the chats. */
export function fillHistories(stage: Stage): Promise<Histories> {
  const histories = filled.get(stage) ?? fill(stage)
  filled.set(stage, histories)
  return histories
}

async function fill({ sql, businesses }: Stage): Promise<Histories> {
  const rows = await sql<{ chatId: bigint; first: bigint }[]>`
    with made as (
      insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body)
      select lane, business_id, chat_id, nextval('market.ids'), now(), 'partner', 'text', ${text}
        from (select c.lane, c.business_id, c.chat_id
                from market.chats c cross join generate_series(1, ${messagesOfHistory})
               where c.business_id = any(${businesses.map(({ businessId }) => businessId)}::bigint[])
               order by c.chat_id) ordered
      returning chat_id, message_id)
    select chat_id as "chatId", min(message_id) as first from made group by chat_id`
  await sql`vacuum analyze market.messages`
  const firsts = new Map(rows.map(({ chatId, first }) => [Number(chatId), Number(first)]))
  const firstMessageOf = (chatId: number) => firsts.get(chatId) ?? Number.NaN
  const someMessageOf = (chatId: number) => firstMessageOf(chatId) + ((chatId * 37) % messagesOfHistory) * idStep
  return { firstMessageOf, someMessageOf }
}

const messagesOfLongest = 2_000

/** A chat of a business with a history of many pages, in texts of some length; its id. */
export async function fillLongHistory({ sql }: Stage, { businessId, chatIds }: BenchBusiness): Promise<number> {
  const chatId = chatIds[0] ?? 0
  await sql`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body)
    select market.lane_of(${businessId}), ${businessId}, ${chatId}, nextval('market.ids'), now(), 'partner', 'text', repeat(${`${text} `}, 4)
      from generate_series(1, ${messagesOfLongest})`
  await sql`vacuum analyze market.messages`
  return chatId
}
