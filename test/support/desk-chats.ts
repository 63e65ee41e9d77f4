import { type ChatStatus, chatStatuses, type Sender } from '#contract'
import type { Sql } from '../../src/database/connect.ts'

const [, waitingForCustomer, waitingForPartner] = chatStatuses

type Said = { from: Sender; text?: string; at?: string; file?: string }
type Chat = {
  said?: readonly Said[]
  status?: ChatStatus
  type?: 'CHAT' | 'ARBITRAGE'
  context?: 'ORDER' | 'RETURN' | 'DIRECT'
  campaignId?: bigint
  orderId?: bigint
  returnId?: bigint
  customerName?: string
}

let ids = 1_000n
const start = Date.parse('2026-05-05T10:00:00Z')

/** A cabinet as the desk keeps it, of no market: for what is read from the desk's own database. */
export async function seedCabinet(sql: Sql, { scopes = ['COMMUNICATION'] } = {}): Promise<bigint> {
  const id = ids++
  const bytes = Buffer.from(`${id}`)
  await sql`
    insert into desk.cabinets (cabinet_id, base_url, business_id, name, sealed_key, key_name, scopes, notification_hash,
           sealed_notification_secret, state, created_at)
    values (${id}, 'https://market.example', ${id}, ${`Кабинет ${id}`}, ${bytes}, 'desk', ${scopes}, ${bytes}, ${bytes},
           'active', now())`
  await sql`insert into desk.syncs (cabinet_id) values (${id})`
  return id
}

export type Seeded = { cabinetId: bigint; chatId: bigint; messageIds: bigint[]; path: `/${string}` }

/** A chat with its messages, as a mirror would have put it. */
export async function seedChat(sql: Sql, cabinetId: bigint, chat: Chat = {}): Promise<Seeded> {
  const { said = [{ from: 'CUSTOMER', text: 'Где заказ?' }], context = 'ORDER', type = 'CHAT' } = chat
  const status = chat.status ?? (said.at(-1)?.from === 'PARTNER' ? waitingForCustomer : waitingForPartner)
  const chatId = ids++
  await sql`
    insert into desk.chats (cabinet_id, chat_id, context_type, order_id, return_id, campaign_id, customer_name, type, status,
           created_at, updated_at, view, changed)
    values (${cabinetId}, ${chatId}, ${context}, ${chat.orderId ?? null}, ${chat.returnId ?? null},
           ${chat.campaignId ?? null}, ${chat.customerName ?? 'Анна Соколова'}, ${type}, ${status}, ${new Date(start)},
           ${new Date(start)}, desk.view_of(${type}, ${status}, null, null, null), nextval('desk.changes'))`
  const messageIds: bigint[] = []
  for (const one of said) messageIds.push(await put(sql, { cabinetId, chatId }, one))
  return { cabinetId, chatId, messageIds, path: `/cabinets/${cabinetId}/chats/${chatId}` }
}

type Place = Pick<Seeded, 'cabinetId' | 'chatId'>

/** One message more, and the status that follows from it. */
export async function say(sql: Sql, place: Place, said: Said): Promise<bigint> {
  const next = { PARTNER: waitingForCustomer, CUSTOMER: waitingForPartner, MARKET: null, SUPPORT: null }[said.from]
  const { cabinetId, chatId } = place
  await sql`
    update desk.chats set status = coalesce(${next}, status) where cabinet_id = ${cabinetId} and chat_id = ${chatId}`
  return put(sql, place, said)
}

async function put(sql: Sql, { cabinetId, chatId }: Place, { from, text, at, file }: Said): Promise<bigint> {
  const messageId = ids++
  const createdAt = at === undefined ? new Date(start + Number(messageId) * 1000) : new Date(at)
  await sql`
    insert into desk.messages (cabinet_id, chat_id, message_id, created_at, sender, text)
    values (${cabinetId}, ${chatId}, ${messageId}, ${createdAt}, ${from}, ${text ?? null})`
  if (file !== undefined)
    await sql`
      insert into desk.files (cabinet_id, chat_id, message_id, position, name, url, size_bytes, state, next_at)
      values (${cabinetId}, ${chatId}, ${messageId}, 0, ${file}, '/f', 7, 'waiting', now())`
  await sql`select desk.sum_up_chat(${cabinetId}, ${chatId})`
  return messageId
}
