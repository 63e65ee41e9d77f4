import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../../src/database/connect.ts'
import { post } from './operators.ts'

type Duty = { sql: Sql; urls: () => readonly string[]; cookie: string; isOver: () => boolean }
type Unknown = { cabinetId: bigint; chatId: bigint; answerId: string }

/** Puts away what nobody can tell of, as a person who does not want it twice: it holds the next answers of its chat back. */
export async function dismissUnknown({ sql, urls, cookie, isOver }: Duty): Promise<void> {
  while (!isOver()) {
    const rows = await listUnknown(sql).catch(() => [])
    for (const { cabinetId, chatId, answerId } of rows) {
      const [url] = urls()
      if (url) await post({ url, cookie }, `/cabinets/${cabinetId}/chats/${chatId}/answers/${answerId}/dismiss`)
    }
    await wait(200)
  }
}

function listUnknown(sql: Sql): Promise<Unknown[]> {
  return sql<Unknown[]>`
    select cabinet_id as "cabinetId", chat_id as "chatId", answer_id as "answerId" from desk.answers where state = 'unknown'`
}
