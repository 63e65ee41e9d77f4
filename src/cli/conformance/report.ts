import { type CheckResult, type Difference, describeCall, describeReply, type Subject } from '#conformance'
import { type Operation, operations } from '#contract'
import { padTo } from '../terminal/columns.ts'
import { paint } from '../terminal/print.ts'
import { formatRows } from '../terminal/table.ts'
import type { Texts } from '../texts/index.ts'
import { countTroubles, countVerdicts, type Report } from './report-data.ts'

type Look = { isVerbose: boolean }

/** So many differences of an operation are shown in full. */
const shownInFull = 5

/** The report for people: grouped by operation, what held is counted, what differs is shown. */
export function formatReport(report: Report, texts: Texts, look: Look): string[] {
  const { url, businessId, isReadOnly, results } = report
  const said = texts.conformance
  const groups = [...Map.groupBy(results, ({ check }) => check.subject)]
  return [
    `${said.checked(url, businessId)} (${isReadOnly ? said.onlyRead : said.wrote})`,
    '',
    ...groups.flatMap(([subject, own]) => formatGroup(subject, own, texts, look)),
    ...formatReasons(results, texts),
    ...formatCost(report, texts),
    '',
    ...formatVerdict(results, texts),
  ]
}

function formatGroup(subject: Subject, results: readonly CheckResult[], texts: Texts, { isVerbose }: Look): string[] {
  const said = texts.conformance
  const { held, differs, differsFromChoice, notChecked } = countVerdicts(results)
  const title = padTo(subject === 'transport' ? said.transport : subject, 18)
  const counts = [
    said.held(held),
    differs > 0 && paint('red', said.differs(differs)),
    differsFromChoice > 0 && paint('yellow', said.ours(differsFromChoice)),
    notChecked > 0 && said.notChecked(notChecked),
  ]
  const bad = results.filter(({ outcome }) => outcome.verdict === 'differs' || outcome.verdict === 'differsFromChoice')
  const inFull = isVerbose ? bad : bad.toSorted(byWeight).slice(0, shownInFull)
  const rest = bad.filter(result => !inFull.includes(result))
  return [
    `${paint('bold', title)}  ${counts.filter(Boolean).join(' · ')}`,
    ...inFull.flatMap(result => formatResult(result, texts)),
    ...(rest.length > 0 ? [`  ${said.more(rest.length)}`, ...rest.map(result => `    ${titleOf(result, texts)}`)] : []),
    ...(bad.length > 0 ? [''] : []),
  ]
}

/** What differs from the contract before what differs from our choices. */
function byWeight(one: CheckResult, two: CheckResult): number {
  return Number(two.outcome.verdict === 'differs') - Number(one.outcome.verdict === 'differs')
}

function titleOf({ check, outcome }: CheckResult, { language }: Texts): string {
  const mark = outcome.verdict === 'differs' ? paint('red', '✗') : paint('yellow', '≠')
  return `${mark} ${check.rule[language]}`
}

function formatResult(result: CheckResult, texts: Texts): string[] {
  const { outcome, exchanges } = result
  if (outcome.verdict !== 'differs' && outcome.verdict !== 'differsFromChoice') return []
  const said = texts.conformance
  const shown = new Set<number>()
  const lines = outcome.differences.slice(0, shownInFull).flatMap(difference => {
    const exchange = exchanges[difference.exchange]
    const isNew = exchange !== undefined && !shown.has(difference.exchange)
    shown.add(difference.exchange)
    return [
      ...(isNew ? labelled(said.sent, describeCall(exchange.call)) : []),
      ...labelled(said.expected, [
        `${difference.at}: ${difference.expected}`,
        paint('dim', `(${sourceOf(difference, texts)})`),
      ]),
      ...labelled(said.came, [`${difference.at}: ${difference.got}`]),
      ...(isNew && exchange.reply
        ? labelled(
            '',
            describeReply(exchange.reply).map(line => paint('dim', line)),
          )
        : []),
    ]
  })
  return [`  ${titleOf(result, texts)}`, ...lines]
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `      ${padTo(index === 0 ? label : '', 11)} ${line}`)
}

function sourceOf({ source }: Difference, { conformance: said, language }: Texts): string {
  if (source.kind === 'choice') return said.seeCompat(source.row)
  return source.kind === 'contract' ? said.by(source.told[language]) : source.told[language]
}

function formatReasons(results: readonly CheckResult[], { conformance: said, language }: Texts): string[] {
  const reasons = results.flatMap(({ outcome }) => (outcome.verdict === 'notChecked' ? [outcome.reason[language]] : []))
  if (reasons.length === 0) return ['']
  const counts = [...Map.groupBy(reasons, reason => reason)].sort(([, one], [, two]) => two.length - one.length)
  return [
    '',
    paint('bold', said.whyNot),
    ...counts.map(([reason, { length }]) => `${`${length}`.padStart(6)}  ${reason}`),
    '',
  ]
}

function formatCost({ made }: Report, { conformance: said }: Texts): string[] {
  const rows = [...made].map(([subject, count]): [string, string] => {
    const operation: Operation | undefined = Object.values(operations).find(({ name }) => name === subject)
    return operation ? [`  ${subject}`, said.ofHour(count, operation.perHour)] : [`  ${said.transport}`, `${count}`]
  })
  return [paint('bold', said.cost), ...formatRows(rows)]
}

function formatVerdict(results: readonly CheckResult[], { conformance: said }: Texts): string[] {
  const { held, differs, differsFromChoice } = countVerdicts(results)
  const troubles = countTroubles(results)
  const isAllHeld = differs + differsFromChoice === 0
  const told =
    held === 0 && isAllHeld
      ? said.nothingHeld
      : isAllHeld
        ? said.allHeld(held)
        : said.differ(differs, differsFromChoice)
  return [told, ...(troubles > 0 ? [said.incomplete(troubles)] : [])]
}
