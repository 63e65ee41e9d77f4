/** A child process that loads an HTTP server. It looks at as little of an answer as it can: what it costs is told, too. */
import { performance } from 'node:perf_hooks'
import { makeChance } from '#kit'
import { planArrivals } from './arrivals.ts'
import { openConnection } from './connection.ts'
import { percentile } from './percentile.ts'
import { type Caller, type Note, sendInTurn, sendOnTime } from './send.ts'

export type Load = {
  port: number
  seconds: number
  /** For each connection, the requests it cycles through, as they go over the wire. */
  connections: string[][]
  /** How many are sent a second, whatever is answered. Without it: each connection sends as soon as it has its answer. */
  perSecond?: number
  /** Connections that load the server too, and are not counted. */
  aside?: string[][]
}

export type Loaded = {
  answers: number
  /** Those that were not answered with 200. */
  refused: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Of an answer without its head, on average. */
  bodyBytes: number
  /** What this process took of the processors. */
  cpuMs: number
}

process.once('message', (load: Load) => {
  void run(load).then(loaded => process.send?.(loaded, () => process.exit(0)))
})

async function run(load: Load): Promise<Loaded> {
  const callers = await openCallers(load.port, load.connections)
  const others = await openCallers(load.port, load.aside ?? [])
  const tally = makeTally()
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const isOver = () => performance.now() >= begun + load.seconds * 1000
  let isDone = false
  const beside = sendInTurn(others, () => isDone, tally.check)
  const due = load.perSecond && planArrivals({ ...load, perSecond: load.perSecond }, makeChance('load').next)
  if (due) await sendOnTime(callers, { due, now: () => performance.now() }, tally.count)
  else await sendInTurn(callers, isOver, tally.count)
  const elapsedMs = performance.now() - begun
  const { user, system } = process.cpuUsage(cpu)
  isDone = true
  await beside
  return { ...tally.sum(elapsedMs), cpuMs: (user + system) / 1000 }
}

function openCallers(port: number, connections: string[][]): Promise<Caller[]> {
  return Promise.all(
    connections.map(async texts => ({
      connection: await openConnection(port),
      requests: texts.map(text => Buffer.from(text)),
      next: 0,
    })),
  )
}

function makeTally() {
  const latencies: number[] = []
  let refused = 0
  let bytes = 0
  const check: Note = (_, { isGood }) => {
    if (!isGood) refused++
  }
  const count: Note = (ms, answer) => {
    latencies.push(ms)
    bytes += answer.bodyBytes
    check(ms, answer)
  }
  const sum = (elapsedMs: number) => ({
    answers: latencies.length,
    refused,
    perSecond: latencies.length / (elapsedMs / 1000),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    bodyBytes: Math.round(bytes / latencies.length),
  })
  return { check, count, sum }
}
