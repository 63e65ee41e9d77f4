import { makeKinds } from './calls/kinds.ts'
import { connectionsOf } from './calls/requests.ts'
import type { Load } from './load/http-load.ts'
import { medianCpu, medianOf, type Run, runLoad } from './load/run-load.ts'
import { makeRow, median, type Row } from './row.ts'
import type { SecondMarket, Stage } from './stage.ts'

// Short and many: what else the machine does then falls on both of a round alike.
const rounds = 15
const secondsPerRound = 2

/** The same requests to a market that logs them and to one that does not, turn and turn about. */
export async function queryLogBench(stage: Stage): Promise<Row[]> {
  const { post, chats, history } = await makeKinds(stage)
  const kinds = [
    { name: 'posting with the query log', request: post.request },
    { name: 'chat list with the query log', request: chats.request },
    { name: 'history page with the query log', request: history.request },
  ]
  const without = await stage.startWithoutLog()
  const rows: Row[] = []
  try {
    for (const { name, request } of kinds) {
      const plan = { seconds: secondsPerRound, connections: connectionsOf(stage, request) }
      const pairs = await takeTurns(
        () => load(stage, plan),
        () => load(without, plan),
      )
      rows.push(rowOf(name, pairs), ...cpuRow(name, pairs))
    }
  } finally {
    await without.stop()
  }
  return rows
}

/** The ratio is the median of the rounds' ratios. */
function rowOf(name: string, pairs: Pair[]): Row {
  const [logged, unlogged] = [pairs.map(pair => pair.logged), pairs.map(pair => pair.unlogged)]
  const [value, reference] = [medianOf(logged, 'perSecond'), medianOf(unlogged, 'perSecond')]
  const ratio = median(pairs.map(pair => pair.logged.perSecond / pair.unlogged.perSecond))
  return { ...makeRow({ name, value, unit: 'per s', against: 'without it', reference }), ratio }
}

function cpuRow(name: string, pairs: Pair[]): Row[] {
  const logged = medianCpu(pairs.map(pair => pair.logged))
  const unlogged = medianCpu(pairs.map(pair => pair.unlogged))
  if (!logged || !unlogged) return []
  const [value, reference] = [logged.server + logged.database, unlogged.server + unlogged.database]
  return [makeRow({ name: `${name}, CPU`, value, unit: 'µs', against: 'without it', reference })]
}

type Pair = { logged: Run; unlogged: Run }

/** The first round is to warm up. Who comes second in a round comes first in the next. */
async function takeTurns(withLog: () => Promise<Run>, withoutLog: () => Promise<Run>): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let round = 0; round <= rounds; round++) {
    if (round % 2) {
      const logged = await withLog()
      pairs.push({ logged, unlogged: await withoutLog() })
    } else {
      const unlogged = await withoutLog()
      pairs.push({ logged: await withLog(), unlogged })
    }
  }
  return pairs.slice(1)
}

function load({ port, watched }: Pick<SecondMarket, 'port' | 'watched'>, plan: Omit<Load, 'port'>): Promise<Run> {
  return runLoad({ port, ...plan }, watched)
}
