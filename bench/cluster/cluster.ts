import { Problem } from '#kit'
import { citusVariable, findNodes } from '../../test/support/citus-nodes.ts'
import { chatsRequest, connectionsOf, historyRequest, postRequest, type Request } from '../calls/requests.ts'
import { cpuMsOf } from '../load/cpu.ts'
import { runLoad } from '../load/run-load.ts'
import { makeRow, median, type Row } from '../row.ts'
import { openSide, type Side } from './side.ts'

const rounds = 3
const secondsPerRound = 5

const calls: readonly { name: string; request: Request }[] = [
  { name: 'posting', request: postRequest },
  { name: 'chat list of 20', request: chatsRequest },
  { name: 'history page of 100', request: historyRequest },
]

/** The same calls on one PostgreSQL and on a cluster of one worker and of several, turn and turn about, in all 64 lanes at once. */
export async function clusterBench(): Promise<Row[]> {
  if (!process.env[citusVariable]) throw new Problem(`${citusVariable} names no cluster.`)
  const nodes = await findNodes('')
  const [coordinator, first, ...others] = nodes
  if (first === undefined) throw new Problem(`The cluster that ${citusVariable} names has no worker.`)
  const sides = [await openSide('plain', [coordinator]), await openSide('1+1', [coordinator, first])]
  if (others.length > 0) sides.push(await openSide(`1+${others.length + 1}`, nodes))
  try {
    const rows: Row[] = []
    for (const { name, request } of calls) rows.push(...(await compare(name, request, sides)))
    return rows
  } finally {
    for (const side of sides) await side.close()
  }
}

/** What a round came to; processor time in microseconds for each answer, of the market and of each node. */
type Round = { perSecond: number; marketUs: number; nodesUs: number[] }

async function compare(name: string, request: Request, sides: readonly Side[]): Promise<Row[]> {
  const measured = new Map<Side, Round[]>(sides.map(side => [side, []]))
  // While connections are opened on a busy machine some requests may be refused; later none may.
  for (const side of sides) await runRound(side, request, 3).catch(() => {})
  for (let round = 0; round < rounds; round++)
    for (const [side, done] of measured) done.push(await runRound(side, request, secondsPerRound))
  const [plain, ...clusters] = [...measured].map(([side, done]) => sumUp(side, done))
  return plain ? [...ownRows(name, plain), ...clusters.flatMap(one => rowsBeside(name, plain, one))] : []
}

async function runRound(side: Side, request: Request, seconds: number): Promise<Round> {
  const before = side.postmasters.map(({ pid }) => cpuMsOf(pid) ?? 0)
  const load = { port: side.port, seconds, connections: connectionsOf(side, request) }
  const { answers, perSecond, cpu } = await runLoad(load, { server: side.market })
  const nodesUs = side.postmasters.map(({ pid }, n) => (((cpuMsOf(pid) ?? 0) - (before[n] ?? 0)) * 1000) / answers)
  return { perSecond, marketUs: cpu?.server ?? 0, nodesUs }
}

type Summed = { side: Side; perSecond: number; marketUs: number; nodesUs: number[]; allUs: number }

function sumUp(side: Side, rounds: readonly Round[]): Summed {
  const middle = (of: (round: Round) => number) => median(rounds.map(of))
  return {
    side,
    perSecond: middle(round => round.perSecond),
    marketUs: middle(round => round.marketUs),
    nodesUs: side.postmasters.map((_, n) => middle(({ nodesUs }) => nodesUs[n] ?? 0)),
    allUs: middle(({ marketUs, nodesUs }) => marketUs + nodesUs.reduce((sum, us) => sum + us, 0)),
  }
}

/** The ratio at equal cores is that of the second row: answers for a second of processor time, of all processes. */
function rowsBeside(name: string, plain: Summed, one: Summed): Row[] {
  const on = `${name} on ${one.side.name}`
  const perCpuSecond = ({ allUs }: Summed) => 1_000_000 / allUs
  return [
    makeRow({ name: on, value: one.perSecond, unit: 'per s', against: 'plain', reference: plain.perSecond }),
    makeRow({
      name: `${on}, for a second of CPU`,
      value: perCpuSecond(one),
      unit: '',
      against: 'plain',
      reference: perCpuSecond(plain),
    }),
    ...ownRows(name, one),
  ]
}

function ownRows(name: string, { side, marketUs, nodesUs, allUs }: Summed): Row[] {
  const parts = [
    { of: 'the market', us: marketUs },
    ...side.postmasters.map(({ node }, n) => ({ of: node, us: nodesUs[n] ?? 0 })),
  ]
  return parts.map(({ of, us }) =>
    makeRow({
      name: `${name} on ${side.name}, CPU of ${of}`,
      value: us,
      unit: 'µs',
      against: 'CPU of all',
      reference: allUs,
    }),
  )
}
