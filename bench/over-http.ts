import { type Kind, makeKinds } from './calls/kinds.ts'
import { connectionsOf } from './calls/requests.ts'
import { cpuRows } from './cpu-rows.ts'
import { cpuMsOf } from './load/cpu.ts'
import type { Load } from './load/http-load.ts'
import { type Cpu, medianCpu, medianOf, type Run, runLoad } from './load/run-load.ts'
import { clients, pgbench } from './pgbench.ts'
import { makeRow, median, type Row } from './row.ts'
import type { Stage } from './stage.ts'

const rounds = 3
const secondsPerRound = 5

export const postBench = async (stage: Stage) => compare(stage, (await makeKinds(stage)).post, [0.6, 0.7])
export const chatsBench = async (stage: Stage) => compare(stage, (await makeKinds(stage)).chats, [0.6])
export const historyBench = async (stage: Stage) => compare(stage, (await makeKinds(stage)).history, [0.6])
export const messageBench = async (stage: Stage) => compare(stage, (await makeKinds(stage)).message, [0.6])

/** The same work over HTTP and by pgbench alone, turn and turn about; the medians are compared. Then at shares of the rate that was reached. */
async function compare(stage: Stage, { name, request, script }: Kind, shares: number[]): Promise<Row[]> {
  const load: Load = { port: stage.port, seconds: secondsPerRound, connections: connectionsOf(stage, request) }
  const runOnce = (more: Partial<Load> = {}) => runLoad({ ...load, ...more }, stage.watched)
  await runOnce({ seconds: 2 })
  const overHttp: Run[] = []
  const alone: Alone[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await runAlone(stage, script))
    overHttp.push(await runOnce())
  }
  const reached = medianOf(overHttp, 'perSecond')
  const [p50, p99] = [medianOf(overHttp, 'p50Ms'), medianOf(overHttp, 'p99Ms')]
  const rows = [
    makeRow({
      name,
      value: reached,
      unit: 'per s',
      against: `pgbench, ${clients} clients`,
      reference: median(alone.map(run => run.perSecond)),
    }),
    makeRow({ name: `${name}, p99`, value: p99, unit: 'ms', against: 'its own p50', reference: p50 }),
  ]
  for (const share of shares) {
    const steady: Run[] = []
    for (let round = 0; round < rounds; round++) steady.push(await runOnce({ perSecond: reached * share }))
    rows.push(...steadyRows(name, share, steady, p50))
  }
  const cpu = medianCpu(overHttp)
  return [...rows, ...cpuRows(name, cpu), ...cpuBesidePgbench(name, cpu, alone)]
}

/** pgbench, and microseconds of processor time of PostgreSQL for each of its transactions. */
type Alone = { perSecond: number; databaseUs: number }

async function runAlone({ server, watched }: Stage, script: string): Promise<Alone> {
  const cpuMs = () => (watched.database && cpuMsOf(watched.database)) || 0
  const before = cpuMs()
  const perSecond = await pgbench(server, { script, seconds: secondsPerRound })
  return { perSecond, databaseUs: ((cpuMs() - before) * 1000) / (perSecond * secondsPerRound) }
}

/** On a machine that works for others too, this ratio is less bent than that of the rates. */
function cpuBesidePgbench(name: string, cpu: Cpu | undefined, alone: Alone[]): Row[] {
  if (!cpu) return []
  const reference = median(alone.map(run => run.databaseUs))
  const [value, against] = [cpu.server + cpu.database, 'PostgreSQL under pgbench']
  return [makeRow({ name: `${name}, CPU with the database`, value, unit: 'µs', against, reference })]
}

/** What answers take when requests come by themselves, at a share of the rate that was reached. */
function steadyRows(name: string, share: number, runs: Run[], p50AtFull: number): Row[] {
  const at = `at ${Math.round(share * 100)} %`
  const [p50, p99] = [medianOf(runs, 'p50Ms'), medianOf(runs, 'p99Ms')]
  const rate = Math.round(medianOf(runs, 'perSecond'))
  const ms = { unit: 'ms' }
  return [
    makeRow({ ...ms, name: `${name}, p50 ${at}`, value: p50, against: 'p50 at 100 %', reference: p50AtFull }),
    makeRow({ ...ms, name: `${name}, p99 ${at}`, value: p99, against: `its p50, at ${rate} per s`, reference: p50 }),
  ]
}
