import type { Row } from '../row.ts'

/** What a row of a bench is to reach: with its value, in the row's unit, or with its ratio. */
export type Aim = { bench: string; row: string; figure: 'value' | 'ratio'; direction: '>=' | '<='; bound: number }
export type Verdict = Omit<Aim, 'bench' | 'row'> & { isReached: boolean }

const everyRow = 'every way to read'

/** Names of rows are those that the benches give them. */
export const aims: readonly Aim[] = [
  atMost('start', 'start to first answer, cold', 'value', 1_500),
  atMost('growth', everyRow, 'ratio', 1.25),
  atLeast('cluster', 'posting on 1+2, for a second of CPU', 'ratio', 0.5),
  atLeast('cluster', 'chat list of 20 on 1+2, for a second of CPU', 'ratio', 0.4),
  atLeast('cluster', 'history page of 100 on 1+2, for a second of CPU', 'ratio', 0.4),
  atLeast('post', 'posting', 'ratio', 3),
  atMost('post', 'posting, p99 at 70 %', 'value', 40),
  atLeast('chats', 'chat list of 20', 'ratio', 0.42),
  atLeast('history', 'history page of 100', 'ratio', 0.38),
  atLeast('message', 'one message by its id', 'ratio', 0.35),
  atLeast('peers', 'posting', 'ratio', 2),
  atLeast('peers', 'chat list of 20', 'ratio', 2),
  atLeast('peers', 'history page of 100', 'ratio', 1.2),
  atLeast('peers', 'posting, equal bytes', 'ratio', 4),
  atLeast('peers', 'chat list of 20, equal bytes', 'ratio', 4),
  atLeast('peers', 'history page of 100, equal bytes', 'ratio', 4),
  atLeast('querylog', 'history page with the query log', 'ratio', 0.9),
  atMost('fairness', 'posting, p99 beside a reader', 'ratio', 2),
  atMost('fairness', 'chat list of 20, p99 beside a reader', 'ratio', 2),
  atMost('fairness', 'history page of 100, p99 beside a reader', 'ratio', 2),
  atMost('fairness', 'one message by its id, p99 beside a reader', 'ratio', 2),
  atMost('memory', 'resident memory, idle', 'value', 150),
  atMost('memory', 'resident memory, under load', 'value', 350),
]

function atLeast(bench: string, row: string, figure: Aim['figure'], bound: number): Aim {
  return { bench, row, figure, direction: '>=', bound }
}

function atMost(bench: string, row: string, figure: Aim['figure'], bound: number): Aim {
  return { bench, row, figure, direction: '<=', bound }
}

/** Rows that are held against their aim alone have it as their reference. */
const heldAgainstAim = 'the aim'

/** Whether a row of a bench has reached its aim; undefined if it has none. A figure that is no number has not. */
export function judge(bench: string, row: Row, table: readonly Aim[] = aims): Verdict | undefined {
  const aim = table.find(each => each.bench === bench && (each.row === row.name || each.row === everyRow))
  if (aim) return verdict(aim, row[aim.figure])
  if (row.against !== heldAgainstAim) return undefined
  return verdict({ figure: 'value', direction: '<=', bound: row.reference }, row.value)
}

function verdict({ figure, direction, bound }: Omit<Aim, 'bench' | 'row'>, reached: number): Verdict {
  const isReached = direction === '>=' ? reached >= bound : reached <= bound
  return { figure, direction, bound, isReached }
}

/** The aims of a bench that none of its rows is about. */
export function missedAims(bench: string, rows: readonly Row[], table: readonly Aim[] = aims): Aim[] {
  return table.filter(aim => aim.bench === bench && !rows.some(row => row.name === aim.row || aim.row === everyRow))
}
