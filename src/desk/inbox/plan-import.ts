import type { ReplyFields } from '../store/replies.ts'
import type { CsvRow } from './csv.ts'

type Known = ReplyFields & { replyId: string }
export type ImportPlan = {
  added: ReplyFields[]
  changed: { replyId: string; text: string }[]
  unchanged: number
  /** Rows that say what another row of the table has said already. */
  repeated: number[]
}

/**
 * What a table makes of the replies that are there. A row of which everything is there changes nothing; one of which folder and
 * title are there is another text of that reply; replies may be called alike, and each has one row.
 */
export function planImport(known: readonly Known[], rows: readonly CsvRow[]): ImportPlan {
  const wholes = new Map(known.map(reply => [wholeOf(reply), reply]))
  const seen = new Set<string>()
  const fresh: ReplyFields[] = []
  const taken = new Set<string>()
  const repeated: number[] = []
  for (const { row, reply } of rows) {
    const whole = wholeOf(reply)
    const same = wholes.get(whole)
    if (seen.has(whole)) repeated.push(row)
    else if (same) taken.add(same.replyId)
    else fresh.push(reply)
    seen.add(whole)
  }
  const free = Map.groupBy(
    known.filter(({ replyId }) => !taken.has(replyId)),
    nameOf,
  )
  const plan: ImportPlan = { added: [], changed: [], unchanged: taken.size, repeated }
  for (const reply of fresh) {
    const older = free.get(nameOf(reply))?.shift()
    if (older) plan.changed.push({ replyId: older.replyId, text: reply.text })
    else plan.added.push(reply)
  }
  return plan
}

const nameOf = ({ folder, title }: ReplyFields) => JSON.stringify([folder, title])
const wholeOf = ({ folder, title, text }: ReplyFields) => JSON.stringify([folder, title, text])
