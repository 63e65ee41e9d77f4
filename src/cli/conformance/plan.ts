import type { Check, Cost, Subject } from '#conformance'
import { formatTable } from '../terminal/table.ts'
import type { Texts } from '../texts/index.ts'

/** What the checks cost at the most, as a table. */
export function formatPlan(
  checks: readonly Check[],
  costs: ReadonlyMap<Subject, Cost>,
  { conformance: said, language }: Texts,
): string[] {
  const number = new Intl.NumberFormat(language)
  const rows = [...costs].map(([subject, { calls, perHour }]) => [
    subject === 'transport' ? said.transport : subject,
    number.format(checks.filter(check => check.subject === subject).length),
    number.format(calls),
    perHour === undefined ? '' : number.format(perHour),
  ])
  const sum = [...costs.values()].reduce((all, { calls }) => all + calls, 0)
  const [operation = '', ...figures] = said.planColumns
  const columns = [{ title: operation }, ...figures.map(title => ({ title, align: 'right' as const }))]
  const total = [said.total, number.format(checks.length), number.format(sum), '']
  return [said.planTitle, '', ...formatTable(columns, [...rows, total], { maxWidth: undefined })]
}
