import type { Sql } from '#database'
import { problems } from '#serving'
import { hasCabinet } from '../../store/cabinet-facts.ts'
import { type ChatData, findChat } from '../../store/chat-thread.ts'

export const noSuchChat = () => problems.notFound('The desk knows no such chat.')
export const noSuchCabinet = () => problems.notFound('The desk has no such cabinet.')

export async function requireCabinet(sql: Sql, cabinetId: bigint): Promise<void> {
  if (!(await hasCabinet(sql, cabinetId))) throw noSuchCabinet()
}

type OfChat = { cabinetId: bigint; chatId: bigint }

export async function requireChat(sql: Sql, { cabinetId, chatId }: OfChat, accountId: string): Promise<ChatData> {
  const chat = await findChat(sql, cabinetId, { chatId, accountId })
  if (chat === undefined) throw noSuchChat()
  return chat
}
