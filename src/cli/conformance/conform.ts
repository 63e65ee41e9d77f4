import { checks as allChecks, type Check, CouldNotRun, costOf, findScene, runSuite, Sender } from '#conformance'
import { systemClock } from '#kit'
import { Interrupt, interruptedCode } from '../terminal/interrupt.ts'
import { print, printJson, say } from '../terminal/print.ts'
import { bar, ProgressLine } from '../terminal/progress-line.ts'
import { languageOf, type Texts, textsOf } from '../texts/index.ts'
import { chatToWriteInto, type WritingFlags } from './allow-writing.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { asJson } from './json-report.ts'
import { formatPlan } from './plan.ts'
import { formatReport } from './report.ts'

export type ConformanceFlags = WritingFlags & {
  apiKey: string
  business?: bigint
  campaign?: bigint
  chat?: bigint
  extraKey?: string[]
  operation?: string[]
  parallel: number
  plan?: true
  verbose?: true
  json?: true
}

type Run = { flags: ConformanceFlags; checks: readonly Check[]; writeChat: bigint | undefined; texts: Texts }

/** Checks the server and reports. The exit code says what came out. */
export async function conform(flags: ConformanceFlags): Promise<void> {
  const texts = textsOf(languageOf(process.env))
  const writeChat = chatToWriteInto(flags, texts)
  const checks = allChecks.filter(({ subject }) => flags.operation?.includes(subject) ?? true)
  const run = { flags, checks, writeChat, texts }
  if (flags.plan) return tellPlan(run)
  using interrupt = new Interrupt()
  try {
    process.exitCode = await checkServer(run, interrupt.signal)
  } catch (error) {
    if (interrupt.signal.aborted) process.exitCode = interruptedCode
    else if (error instanceof CouldNotRun) {
      say(`prilavok: ${texts.conformance.couldNotRun(error.reason[texts.language])}`)
      process.exitCode = exitCodes.couldNotRun
    } else throw error
  }
}

const toMake = ({ checks, writeChat }: Run) => checks.filter(({ writes }) => !writes || writeChat !== undefined)

function tellPlan(run: Run): void {
  const own = toMake(run)
  const costs = costOf(own, { extraKeys: run.flags.extraKey?.length ?? 0 })
  if (run.flags.json) printJson({ format: 1, plan: Object.fromEntries(costs) })
  else for (const line of formatPlan(own, costs, run.texts)) print(line)
}

async function checkServer(run: Run, signal: AbortSignal): Promise<number> {
  const { flags, checks, writeChat, texts } = run
  const {
    url: baseUrl,
    parallel,
    apiKey,
    business,
    campaign,
    chat,
    order,
    finishedChat,
    extraKey: extraKeys = [],
  } = flags
  const isReadOnly = writeChat === undefined
  const sender = new Sender({ baseUrl, parallel, isReadOnly, clock: systemClock, signal })
  tellBefore(run)
  const scene = await findScene(sender, {
    apiKey,
    extraKeys,
    ...(business !== undefined && { businessId: business }),
    ...(campaign !== undefined && { campaignId: campaign }),
    ...(chat !== undefined && { chatId: chat }),
    ...(writeChat !== undefined && { writeChat }),
    ...(order !== undefined && { order }),
    ...(finishedChat !== undefined && { finishedChat }),
  })
  const progress = new ProgressLine()
  let done = 0
  const results = await runSuite(checks, { sender, scene, isReadOnly, parallel }, () =>
    progress.show(bar(++done, checks.length)),
  ).finally(() => progress.clear())
  const report = { url: baseUrl, businessId: scene.businessId, isReadOnly, results, made: sender.made }
  if (flags.json) printJson(asJson(report))
  else for (const line of formatReport(report, texts, { isVerbose: flags.verbose ?? false })) print(line)
  return exitCodeOf(results)
}

/** On standard error: what the run costs, and whether it writes. */
function tellBefore(run: Run): void {
  const { flags, writeChat, texts } = run
  if (writeChat !== undefined) say(texts.conformance.willWrite(writeChat, new URL(flags.url).host))
  if (flags.json) return
  const own = toMake(run)
  const costs = costOf(own, { extraKeys: flags.extraKey?.length ?? 0 }).values()
  const calls = costs.reduce((sum, cost) => sum + cost.calls, 0)
  say(texts.conformance.about(own.length, calls, flags.parallel))
}
