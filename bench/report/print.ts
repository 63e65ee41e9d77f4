import type { Row } from '../row.ts'
import type { Verdict } from './aims.ts'

/** A row as it is printed and written: of which bench, and whether it has reached its aim. */
export type Judged = Row & { bench: string; aim?: Verdict }

const columns = [
  { title: 'measured', width: 50 },
  { title: 'value', width: 9, isRight: true },
  { title: 'unit', width: 5 },
  { title: 'held against', width: 31 },
  { title: 'its value', width: 9, isRight: true },
  { title: 'ratio', width: 7, isRight: true },
  { title: 'aim', width: 0 },
]

/** What a bench is about. */
export function printHeading(name: string, about: string): string {
  return `\n${name}: ${about}`
}

/** The titles of what printRow prints. */
export function printTitles(): string {
  return printLine(columns.map(({ title }) => title))
}

export function printRow({ name, value, unit, against, reference, ratio, aim }: Judged): string {
  return printLine([
    ...[name, printFigure(value), unit, against, printFigure(reference), ratio.toFixed(2)],
    aim ? printVerdict(aim, unit) : '',
  ])
}

function printLine(cells: string[]): string {
  const padded = columns.map(({ width, isRight }, n) => (isRight ? cells[n]?.padStart(width) : cells[n]?.padEnd(width)))
  return `  ${padded.join('  ')}`.trimEnd()
}

function printVerdict({ figure, direction, bound, isReached }: Verdict, unit: string): string {
  const aim = `${direction} ${figure === 'ratio' ? bound : `${printFigure(bound)} ${unit}`}`
  return `aim ${aim}: ${isReached ? 'reached' : 'not reached'}`
}

/** Three digits that mean something; thousands apart. */
export function printFigure(figure: number): string {
  const size = Math.abs(figure)
  if (!(size < 99.95)) return figure.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ' ')
  if (Number.isInteger(figure)) return `${figure}`
  return figure.toFixed(size < 9.995 ? 2 : 1)
}

/** How many aims are reached, and which are not. `missed` are those that nothing was measured for. */
export function printSummary(rows: readonly Judged[], missed: readonly { bench: string; row: string }[]): string {
  const judged = rows.filter(({ aim }) => aim)
  const isNot = judged.filter(({ aim }) => !aim?.isReached)
  const list = (title: string, names: string[]) => (names.length > 0 ? [title, ...names.map(name => `  ${name}`)] : [])
  return [
    `\n${judged.length - isNot.length} of ${judged.length} aims reached.`,
    ...list(
      'Not reached:',
      isNot.map(({ bench, name, aim, ...row }) => `${bench}: ${name}: ${printReached(row, aim)}`),
    ),
    ...list(
      'Not measured:',
      missed.map(({ bench, row }) => `${bench}: ${row}`),
    ),
  ].join('\n')
}

function printReached(row: Pick<Row, 'value' | 'ratio' | 'unit'>, aim: Verdict | undefined): string {
  const reached = aim?.figure === 'ratio' ? row.ratio.toFixed(2) : `${printFigure(row.value)} ${row.unit}`
  return `${reached} of ${aim?.direction} ${aim?.figure === 'value' ? printFigure(aim.bound) : aim?.bound}`
}
