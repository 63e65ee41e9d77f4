import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Sql } from '../../src/database/connect.ts'
import { deriveSecrets } from '../../src/market/keys/secrets.ts'
import { laneOf, lanes } from '../../src/market/store/lane.ts'
import { dropDatabase, joinNodes, type Nodes, onServer } from '../../test/support/citus-nodes.ts'
import { type BenchBusiness, makeBusiness } from '../businesses.ts'
import { messagesOfHistory, text } from '../calls/histories.ts'
import { answerOf, start, stopped } from '../child.ts'
import { parentOf } from '../load/cpu.ts'

/** A market process on a database that lies on these nodes: on the coordinator alone, and then it is plain, or on its workers. */
export type Side = {
  name: string
  port: number
  market: number
  businesses: BenchBusiness[]
  /** The first process of each node's PostgreSQL, as far as they run on this machine. */
  postmasters: { node: string; pid: number }[]
  close(): Promise<void>
}

const chatsPerBusiness = 16

/** A business of every lane, each with histories. */
export async function openSide(name: string, nodes: Nodes): Promise<Side> {
  const database = `prilavok_bench_${randomBytes(6).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'prilavok-bench-'))
  for (const node of nodes) await onServer(node, admin => admin.unsafe(`create database ${database}`))
  await joinNodes(nodes, database)
  const url = `${nodes[0]}${database}`
  const secret = randomBytes(24).toString('hex')
  const market = start('serve-market.ts', [url, folder, secret])
  const { url: address } = await answerOf<{ url: string }>(market)
  const sql = connect(url, { max: 1, name: 'bench', isPatient: true })
  const businesses: BenchBusiness[] = []
  const secrets = deriveSecrets(secret)
  // Nobody answers there: deliveries are written, and wait.
  const plan = { chats: chatsPerBusiness, url: 'http://127.0.0.1:9' }
  for (const n of oneOfEachLane()) businesses.push(await makeBusiness({ sql, secrets }, n, plan))
  await fill(sql)
  await sql.end()
  return {
    name,
    port: Number(new URL(address).port),
    market: market.pid ?? 0,
    businesses,
    postmasters: await findPostmasters(nodes),
    close: () => close({ market, nodes, database, folder }),
  }
}

function oneOfEachLane(): number[] {
  const numbers = new Map<number, number>()
  for (let n = 1; numbers.size < lanes.length; n++) {
    const lane = laneOf(BigInt(n))
    if (!numbers.has(lane)) numbers.set(lane, n)
  }
  return [...numbers.values()]
}

/** Their ids have a remainder that is given by no node of so few. */
async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body)
    select c.lane, c.business_id, c.chat_id, 32 * n - 1, now(), 'partner', 'text', ${text}
      from market.chats c cross join generate_series(1, ${messagesOfHistory}) n
     where c.lane between 0 and 63`
  await sql`vacuum analyze market.messages, market.chats`
}

/** All of a PostgreSQL's processes are children of one. */
async function findPostmasters(nodes: Nodes): Promise<Side['postmasters']> {
  const found: Side['postmasters'] = []
  for (const node of nodes) {
    const [row] = await onServer(node, admin => admin<[{ pid: number }]>`select pg_backend_pid() as pid`)
    found.push({ node: new URL(node).host, pid: parentOf(row.pid) ?? 0 })
  }
  return found
}

type Closing = { market: ChildProcess; nodes: Nodes; database: string; folder: string }

async function close({ market, nodes, database, folder }: Closing): Promise<void> {
  await stopped(market)
  for (const node of nodes) await dropDatabase(node, database)
  rmSync(folder, { recursive: true, force: true })
}
