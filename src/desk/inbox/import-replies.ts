import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import { listReplies, lockCabinetOfReplies, putReplies } from '../store/replies.ts'
import type { CsvRefusal, CsvRow } from './csv.ts'
import { planImport } from './plan-import.ts'

export type Imported = { added: number; changed: number; unchanged: number; repeated: CsvRefusal[] }

/** Puts the rows of a table in one transaction. Undefined if there is no such cabinet. */
export function importReplies(sql: Sql, cabinetId: bigint, rows: readonly CsvRow[]): Promise<Imported | undefined> {
  return sql.begin(async transaction => {
    if (!(await lockCabinetOfReplies(transaction, cabinetId))) return undefined
    const { added, changed, unchanged, repeated } = planImport(await listReplies(transaction, cabinetId), rows)
    await putReplies(transaction, cabinetId, { added: added.map(one => ({ ...one, replyId: randomUUID() })), changed })
    return {
      ...{ added: added.length, changed: changed.length, unchanged },
      repeated: repeated.map(row => ({ row, why: 'repeated' })),
    }
  })
}
