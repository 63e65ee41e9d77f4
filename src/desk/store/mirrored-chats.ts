import type { Queries } from '#database'
import type { Hold } from './leases.ts'

export type MirroredChat = {
  chatId: bigint
  contextType: string
  orderId: bigint | null
  returnId: bigint | null
  campaignId: bigint | null
  customerName: string | null
  customerPublicId: string | null
  type: string
  status: string
  createdAt: Date
  updatedAt: Date
}

const columns = (sql: Queries) => sql`
  chat_id as "chatId", context_type as "contextType", order_id as "orderId", return_id as "returnId",
  campaign_id as "campaignId", customer_name as "customerName", customer_public_id as "customerPublicId", type, status,
  created_at as "createdAt", updated_at as "updatedAt"`

/** By ascending id, after one, with what was kept as their marks. */
export function listMirrored<Mark>(
  sql: Queries,
  cabinetId: bigint,
  { after, limit }: { after: bigint; limit: number },
): Promise<(MirroredChat & { mark: Mark | null })[]> {
  return sql<(MirroredChat & { mark: Mark | null })[]>`
    select ${columns(sql)}, mark from desk.chats
     where cabinet_id = ${cabinetId} and chat_id > ${after} order by chat_id limit ${limit}`
}

export async function findMirrored(sql: Queries, cabinetId: bigint, chatId: bigint): Promise<MirroredChat | undefined> {
  const [chat] = await sql<MirroredChat[]>`
    select ${columns(sql)} from desk.chats where cabinet_id = ${cabinetId} and chat_id = ${chatId}`
  return chat
}

/** False if the cabinet is not the owner's any more. */
export async function putMirrored(
  sql: Queries,
  hold: Hold,
  { chats, now }: { chats: readonly MirroredChat[]; now: Date },
): Promise<boolean> {
  const rows = chats.map(chat => ({
    chat_id: `${chat.chatId}`,
    context_type: chat.contextType,
    order_id: chat.orderId?.toString(),
    return_id: chat.returnId?.toString(),
    campaign_id: chat.campaignId?.toString(),
    customer_name: chat.customerName,
    customer_public_id: chat.customerPublicId,
    type: chat.type,
    status: chat.status,
    created_at: chat.createdAt,
    updated_at: chat.updatedAt,
  }))
  const [row] = await sql<[{ isHeld: boolean }]>`
    select desk.put_chats(${hold.cabinetId}, ${hold.owner}::uuid, ${hold.epoch}, ${JSON.stringify(rows)},
           ${now}::timestamptz) as "isHeld"`
  return row.isHeld
}
