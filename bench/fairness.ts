import { fillLongHistory } from './calls/histories.ts'
import { type Kind, makeKinds } from './calls/kinds.ts'
import { connectionsOf, historyPages } from './calls/requests.ts'
import type { Load } from './load/http-load.ts'
import { medianOf, type Run, runLoad } from './load/run-load.ts'
import { makeRow, median, type Row } from './row.ts'
import { connectionsPerBusiness, type Stage } from './stage.ts'

const rounds = 7
const secondsPerRound = 2

/** A business calls on all of its connections: alone, and while another one reads its longest history in a loop on all of its own. */
export async function fairnessBench(stage: Stage): Promise<Row[]> {
  const kinds = Object.values(await makeKinds(stage))
  const [business, reader] = stage.businesses
  if (!business || !reader) throw new Error('the stage has no two businesses')
  const pages = await historyPages(stage.port, reader, await fillLongHistory(stage, reader))
  const aside = Array.from({ length: connectionsPerBusiness }, (_, n) => [...pages.slice(n), ...pages.slice(0, n)])
  const rows: Row[] = []
  for (const kind of kinds) {
    const connections = connectionsOf({ businesses: [business] }, kind.request)
    rows.push(
      ...rowsOf(kind, await takeTurns(stage, { port: stage.port, seconds: secondsPerRound, connections }, aside)),
    )
  }
  return rows
}

type Pair = { alone: Run; beside: Run }

/** The first round is to warm up. */
async function takeTurns(stage: Stage, load: Load, aside: string[][]): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let round = 0; round <= rounds; round++) {
    const alone = await runLoad(load, stage.watched)
    pairs.push({ alone, beside: await runLoad({ ...load, aside }, stage.watched) })
  }
  return pairs.slice(1)
}

/** The ratio is the median of the rounds' ratios. */
function rowsOf({ name }: Kind, pairs: Pair[]): Row[] {
  const [alone, beside] = [pairs.map(pair => pair.alone), pairs.map(pair => pair.beside)]
  const row = (figure: 'p50Ms' | 'p99Ms', word: string): Row => {
    const [value, reference] = [medianOf(beside, figure), medianOf(alone, figure)]
    const ratio = median(pairs.map(pair => pair.beside[figure] / pair.alone[figure]))
    return {
      ...makeRow({ name: `${name}, ${word} beside a reader`, value, unit: 'ms', against: 'alone', reference }),
      ratio,
    }
  }
  return [row('p99Ms', 'p99'), row('p50Ms', 'p50')]
}
