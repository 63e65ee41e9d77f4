import { type Kind, makeKinds } from '../calls/kinds.ts'
import { connectionsOf } from '../calls/requests.ts'
import { sampleOf } from '../calls/sample.ts'
import { answerOf, ask, start, stopped } from '../child.ts'
import type { Load } from '../load/http-load.ts'
import { medianCpu, medianOf, type Run, runLoad } from '../load/run-load.ts'
import { clients, pgbench } from '../pgbench.ts'
import { makeRow, median, type Row } from '../row.ts'
import { type Stage, someChatOf } from '../stage.ts'

const rounds = 3
const secondsPerRound = 4

/** `steady` is node:http at a share of the market's rate: what a latency is at the least, the load generator's own delays in it. */
type Measured = { market: Run[]; bytes: Run[]; sql: number[]; steady: Run[] }

const steadyShare = 0.6

/** What could be reached at the most: only the bytes of the answers, and only the work of the database. */
export async function limitsBench(stage: Stage): Promise<Row[]> {
  const child = start('limits/serve-bytes.ts')
  try {
    const { port } = await answerOf<{ port: number }>(child)
    const rows: Row[] = []
    for (const kind of Object.values(await makeKinds(stage))) {
      const { business, chatId } = someChatOf(stage)
      await ask(child, await sampleOf(stage.port, kind.request(business, chatId)))
      rows.push(...rowsOf(kind, await takeTurns(stage, kind, { port, pid: child.pid ?? 0 })))
    }
    return rows
  } finally {
    await stopped(child)
  }
}

async function takeTurns(stage: Stage, kind: Kind, bare: { port: number; pid: number }): Promise<Measured> {
  const load = { seconds: secondsPerRound, connections: connectionsOf(stage, kind.request) }
  const market = () => runLoad({ ...load, port: stage.port }, stage.watched)
  const bytes = (more: Partial<Load> = {}) => runLoad({ ...load, ...more, port: bare.port }, { server: bare.pid })
  await Promise.all([market(), bytes()])
  const measured: Measured = { market: [], bytes: [], sql: [], steady: [] }
  for (let round = 0; round < rounds; round++) {
    measured.sql.push(await pgbench(stage.server, { script: kind.script, seconds: secondsPerRound }))
    measured.bytes.push(await bytes())
    measured.market.push(await market())
  }
  measured.steady.push(await bytes({ perSecond: medianOf(measured.market, 'perSecond') * steadyShare }))
  return measured
}

function rowsOf({ name }: Kind, { market, bytes, sql, steady }: Measured): Row[] {
  const value = medianOf(market, 'perSecond')
  const [http, database] = [medianOf(bytes, 'perSecond'), median(sql)]
  // As if a request took as long as both take, one after the other.
  const both = 1 / (1 / http + 1 / database)
  const rate = { value, unit: 'per s' }
  const size = Math.round(medianOf(bytes, 'bodyBytes'))
  return [
    makeRow({ ...rate, name, against: `node:http, ${size} bytes`, reference: http }),
    makeRow({ ...rate, name: `${name}, database`, against: `pgbench, ${clients} clients`, reference: database }),
    makeRow({ ...rate, name: `${name}, both`, against: 'one after the other', reference: both }),
    makeRow({
      ...{ name: `${name}, p99 of node:http at 60 %`, value: medianOf(steady, 'p99Ms'), unit: 'ms' },
      ...{ against: 'its p50', reference: medianOf(steady, 'p50Ms') },
    }),
    ...processorRows(name, { market, bytes }),
  ]
}

function processorRows(name: string, { market, bytes }: Pick<Measured, 'market' | 'bytes'>): Row[] {
  const [ours, bare] = [medianCpu(market), medianCpu(bytes)]
  if (!ours || !bare) return []
  const us = { unit: 'µs' }
  const [all, server, load] = [bare.server + bare.generator, 'CPU of the server', 'CPU of the load generator']
  return [
    makeRow({ ...us, name: `${name}, ${server}`, value: ours.server, against: 'node:http', reference: bare.server }),
    makeRow({ ...us, name: `${name}, ${load}`, value: bare.generator, against: 'with node:http', reference: all }),
  ]
}
