import { serializeJson } from '#contract'
import { formatTable } from '../../terminal/table.ts'
import type { Texts } from '../../texts/index.ts'
import type { Coverage, CoverageCase } from './read-coverage.ts'

/** So many of what was never met are told with how to bring them about. */
const shownInFull = 12

/** What a run has met and, above all, what it never met, for people. */
export function formatCoverage(coverage: Coverage, texts: Texts): string[] {
  const { met, of } = coverage
  return [
    '',
    texts.coverage.title(met, of),
    '',
    ...formatCalls(coverage, texts),
    ...formatNotifications(coverage, texts),
    ...formatMissed(coverage, texts),
  ]
}

function formatCalls({ operations, cases }: Coverage, { coverage: said }: Texts): string[] {
  const called = operations.filter(({ calls }) => calls > 0)
  const rows = called.map(({ operation, calls, ok }) => [
    operation,
    `${calls}`,
    `${ok}`,
    otherAnswers(cases, operation),
  ])
  const [operation = '', calls = '', ok = '', others = ''] = said.columns
  const columns = [
    { title: operation },
    { title: calls, align: 'right' as const },
    { title: ok, align: 'right' as const },
    { title: others },
  ]
  const uncalled = operations.filter(({ calls }) => calls === 0).map(({ operation }) => operation)
  return [
    ...(called.length === 0
      ? [said.nothingCalled]
      : formatTable(columns, rows, { maxWidth: undefined }).map(line => line.trimEnd())),
    ...(called.length > 0 && uncalled.length > 0 ? [said.notCalled(uncalled.join(', '))] : []),
    '',
  ]
}

/** What an operation answered beside what was asked for: `420 tooManyPerHour × 2, lostAnswer`. */
function otherAnswers(cases: Coverage['cases'], operation: string): string {
  const met = cases.flatMap(({ name, status, operations = [] }) => {
    const { count = 0 } = operations.find(one => one.operation === operation) ?? {}
    const times = count > 1 ? ` × ${count}` : ''
    return count === 0 ? [] : [`${status === undefined ? '' : `${status} `}${name}${times}`]
  })
  return met.join(', ')
}

function formatNotifications({ cases }: Coverage, { coverage: said }: Texts): string[] {
  const met = cases.filter(({ about, state }) => about === 'NOTIFICATION' && state === 'MET')
  const list = met.map(({ name, count }) => `${name} × ${count}`).join(', ')
  return [met.length === 0 ? said.noNotifications : said.notifications(list), '']
}

function formatMissed({ cases, of }: Coverage, texts: Texts): string[] {
  if (of === 0) return []
  const said = texts.coverage
  const missed = cases.filter(({ state }) => state === 'MISSED')
  const ofProduction = missed.filter(({ isInProduction }) => isInProduction)
  const [shown, rest] = [ofProduction.slice(0, shownInFull), ofProduction.slice(shownInFull)]
  const ofProgram = missed.filter(({ isInProduction }) => !isInProduction)
  if (ofProduction.length === 0) return [said.allMet]
  return [
    said.missed,
    ...shown.flatMap((one, index) => formatCase(one, index + 1, texts)),
    ...(rest.length > 0 ? ['', said.more(rest.length, namesOf(rest))] : []),
    ...(ofProgram.length > 0 ? ['', said.ofProgram(ofProgram.length)] : []),
    '',
    said.howTo,
    `  ${postFault}`,
  ]
}

/** What the environment of `sim exec` has is named, so that the line works in it as it stands. */
const postFault = `curl -H "Authorization: Bearer $PRILAVOK_ADMIN_TOKEN" -H 'Content-Type: application/json' -d '{…}' "$PRILAVOK_URL/lab/v1/faults"`

const namesOf = (cases: readonly CoverageCase[]) => cases.map(({ name }) => name).join(', ')

function formatCase(one: CoverageCase, number: number, texts: Texts): string[] {
  return [`${`${number}`.padStart(3)}. ${titleOf(one, texts)}`, `     ${hintOf(one, texts)}`]
}

function titleOf({ name, status, code, message }: CoverageCase, { coverage: said }: Texts): string {
  if (message !== undefined) return `${status} ${code}  ${message}`
  const what: Partial<Record<CoverageCase['name'], string>> = said.cases
  return what[name] ?? said.neverCame(name)
}

function hintOf({ name, fault, trigger }: CoverageCase, { coverage: said }: Texts): string {
  if (fault) return serializeJson(fault)
  if (trigger !== undefined) return `prilavok trigger ${trigger}`
  return name === 'PING' ? said.pingHint : said.retryHint
}
