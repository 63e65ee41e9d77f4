import { writeFileSync } from 'node:fs'
import { Problem } from '#kit'
import { clusterBench } from './cluster/cluster.ts'
import { deskBench } from './desk/desk.ts'
import { fairnessBench } from './fairness.ts'
import { growthBench } from './growth.ts'
import { limitsBench } from './limits/limits.ts'
import { memoryBench } from './memory.ts'
import { notifyBench } from './notify.ts'
import { chatsBench, historyBench, messageBench, postBench } from './over-http.ts'
import { peersBench } from './peers/peers.ts'
import { queryLogBench } from './query-log.ts'
import { about } from './report/about.ts'
import { type Aim, judge, missedAims } from './report/aims.ts'
import { loadAverage, printMachine, printPreface } from './report/machine.ts'
import { type Options, printHelp, readOptions } from './report/options.ts'
import { type Judged, printHeading, printRow, printSummary, printTitles } from './report/print.ts'
import type { Row } from './row.ts'
import { type Stage, setStage } from './stage.ts'
import { startBench } from './starting.ts'
import { syncBench } from './sync.ts'

/** They make what they need. */
const alone: Record<string, (options: Options) => Promise<Row[]>> = {
  start: startBench,
  growth: growthBench,
  cluster: clusterBench,
}

/** On one market, in this order: memory is read after the load of the others. A line about each is in report/about.ts. */
const onStage: Record<string, (stage: Stage, options: Options) => Promise<Row[]>> = {
  post: postBench,
  chats: chatsBench,
  history: historyBench,
  message: messageBench,
  limits: limitsBench,
  peers: peersBench,
  fairness: fairnessBench,
  querylog: queryLogBench,
  notify: notifyBench,
  sync: syncBench,
  desk: deskBench,
  memory: memoryBench,
}

/** They have tables of their own. */
const printItself = new Set(['growth'])

const names = [...Object.keys(alone), ...Object.keys(onStage)]
const judged: Judged[] = []
const missed: Aim[] = []
let isLacking = false

try {
  const { values, positionals } = readOptions(process.argv.slice(2))
  const unknown = positionals.find(name => !names.includes(name))
  if (unknown !== undefined) throw new Problem(`There is no bench ${unknown}; there are: ${names.join(', ')}.`)
  if (values.help) console.log(printHelp(names, about))
  else if (positionals.length === 0) await measureAll(new Set(names), values)
  else {
    await measureAll(new Set(positionals), values)
    if (isLacking) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Problem ? `bench: ${error.message}` : error)
  process.exitCode = 1
}

async function measureAll(wanted: Set<string>, options: Options): Promise<void> {
  const before = loadAverage()
  console.log(printPreface(before))
  for (const [name, bench] of Object.entries(alone)) if (wanted.has(name)) await measure(name, () => bench(options))
  if (Object.keys(onStage).some(name => wanted.has(name))) {
    const stage = await setStage()
    try {
      for (const [name, bench] of Object.entries(onStage))
        if (wanted.has(name)) await measure(name, () => bench(stage, options))
    } finally {
      await stage.close()
    }
  }
  console.log(printSummary(judged, missed))
  const written = { at: new Date().toISOString(), machine: printMachine(), loadAverage: before, rows: judged }
  if (options.json) writeFileSync(options.json, `${JSON.stringify(written, null, 2)}\n`)
}

async function measure(name: string, bench: () => Promise<Row[]>): Promise<void> {
  console.log(printHeading(name, about[name] ?? ''))
  if (!printItself.has(name)) console.log(printTitles())
  const rows = await bench().catch(sayWhyNot)
  for (const row of rows) {
    const aim = judge(name, row)
    const of: Judged = { bench: name, ...row, ...(aim && { aim }) }
    if (!printItself.has(name)) console.log(printRow(of))
    judged.push(of)
  }
  missed.push(...missedAims(name, rows))
}

/** A bench that lacks something on this machine, or fails, says so, and the others go on. */
function sayWhyNot(error: unknown): Row[] {
  if (error instanceof Problem) {
    console.log(`  not measured: ${error.message}`)
    isLacking = true
  } else {
    console.error(error)
    process.exitCode = 1
  }
  return []
}
