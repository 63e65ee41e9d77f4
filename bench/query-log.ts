import { ask, start } from './child.ts'
import type { Load, Loaded } from './http-load.ts'
import { chatsRequest, connectionsOf, postRequest } from './over-http.ts'
import { makeRow, median, type Row } from './row.ts'
import type { Stage } from './stage.ts'

// Short and many: what else the machine does then falls on both of a round alike.
const rounds = 15
const secondsPerRound = 2
const kinds = [
  { name: 'posting with the query log', request: postRequest },
  { name: 'chat list with the query log', request: chatsRequest },
]

/** The same requests to a market that logs them and to one that does not, turn and turn about. */
export async function queryLogBench(stage: Stage): Promise<Row[]> {
  const without = await stage.startWithoutLog()
  const rows: Row[] = []
  try {
    for (const { name, request } of kinds) {
      const plan = { seconds: secondsPerRound, connections: connectionsOf(stage, request) }
      const pairs = await takeTurns(
        () => load({ port: stage.port, ...plan }),
        () => load({ port: without.port, ...plan }),
      )
      rows.push(rowOf(name, pairs))
    }
  } finally {
    await without.stop()
  }
  return rows
}

/** The ratio is the median of the rounds' ratios. */
function rowOf(name: string, pairs: Pair[]): Row {
  const value = median(pairs.map(pair => pair.logged))
  const reference = median(pairs.map(pair => pair.unlogged))
  const ratio = median(pairs.map(pair => pair.logged / pair.unlogged))
  return { ...makeRow({ name, value, unit: 'per s', against: 'without it', reference }), ratio }
}

type Pair = { logged: number; unlogged: number }

/** The first round is to warm up. Who comes second in a round comes first in the next. */
async function takeTurns(withLog: () => Promise<number>, withoutLog: () => Promise<number>): Promise<Pair[]> {
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

async function load(plan: Load): Promise<number> {
  const { perSecond, refused } = await ask<Loaded>(start('http-load.ts'), plan)
  if (refused > 0) throw new Error(`${refused} requests were not answered with 200`)
  return perSecond
}
