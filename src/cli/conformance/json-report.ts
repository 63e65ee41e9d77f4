import { type CheckResult, describeCall, describeReply, nameOf, type Source } from '#conformance'
import { type Operation, operations } from '#contract'
import { countTroubles, countVerdicts, type Report } from './report-data.ts'

/** The report for programs: docs/conformance.md has its shape, which `format` numbers. In English in every language. */
export function asJson({ url, businessId, isReadOnly, results, made }: Report): object {
  return {
    format: 1,
    url,
    businessId,
    isReadOnly,
    isComplete: countTroubles(results) === 0,
    counts: countVerdicts(results),
    calls: Object.fromEntries(
      [...made].map(([subject, count]) => [subject, { made: count, perHour: hourOf(subject) }]),
    ),
    checks: results.map(checkAsJson),
  }
}

function hourOf(subject: string): number | undefined {
  const operation: Operation | undefined = Object.values(operations).find(({ name }) => name === subject)
  return operation?.perHour
}

function checkAsJson({ check, outcome, exchanges }: CheckResult): object {
  const { subject, rule, source, writes } = check
  const own = { name: nameOf(check), operation: subject, rule: rule.en, source: sourceAsJson(source), writes }
  if (outcome.verdict === 'held') return { ...own, verdict: outcome.verdict }
  if (outcome.verdict === 'notChecked') return { ...own, verdict: outcome.verdict, reason: outcome.reason.en }
  return {
    ...own,
    verdict: outcome.verdict,
    differences: outcome.differences.map(({ source: from, ...difference }) => ({
      ...difference,
      source: sourceAsJson(from),
    })),
    exchanges: exchanges.map(({ call, reply }) => ({
      sent: describeCall(call),
      came: reply === undefined ? null : describeReply(reply),
    })),
  }
}

function sourceAsJson(source: Source): object {
  return source.kind === 'choice' ? source : { kind: source.kind, told: source.told.en }
}
