import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { startPrivatePostgres } from '#database'
import { Problem } from '#kit'
import { Caller } from './growth/caller.ts'
import { sizeOf } from './growth/fill.ts'
import { type Asking, goDeep, type Reading, readings } from './growth/readings.ts'
import { makeWorld, type World } from './growth/world.ts'
import { makeRow, median, type Row } from './row.ts'

const calls = 200
const asked = 50
// Each of the chats once: what is measured is how much has to be read, not whether it was read before.
const callsToWarmUp = asked

export type GrowthOptions = {
  /** How many messages the databases have: 10k,1m,10m. */
  messages?: string | undefined
  /** Where the databases are kept, to be used again; without it they go when the bench does. */
  data?: string | undefined
  /** Only the ways to read whose names have this in them. */
  only?: string | undefined
}

/** Every way to read, from databases of several sizes, turn and turn about: what else the machine does falls on all alike. */
export async function growthBench({ messages = '10k,1m', data, only = '' }: GrowthOptions): Promise<Row[]> {
  const sizes = messages.split(',').map(readCount)
  const folder = data ?? mkdtempSync(join(tmpdir(), 'prilavok-growth-'))
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  const server = await startPrivatePostgres({
    dataDir: join(folder, 'data'),
    say: () => {},
    settings,
    isTemporary: true,
  })
  const worlds: World[] = []
  try {
    for (const size of sizes) worlds.push(await makeWorld(server, folder, sizeOf(size)))
    return await measure(
      worlds,
      readings.filter(({ name }) => name.includes(only)),
    )
  } finally {
    for (const world of worlds) await world.stop()
    await server.stop()
    if (data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

// As docs/operations.md wants it of a server.
const cache = { shared_buffers: `${Math.floor(totalmem() / 4 / 2 ** 20)}MB` }
// Filled in minutes, not in an hour; nothing of the rest makes a reading faster.
const settings = {
  ...cache,
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' },
  ...{ max_wal_size: '16GB', maintenance_work_mem: '1GB', max_connections: '200' },
}

function readCount(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? []
  const count = Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1)
  if (!(count >= 10_000)) throw new Problem(`--messages takes numbers from 10k on, such as 10k,1m,10m; not ${text}.`)
  return count
}

type Asker = { asking: Asking; caller: Caller }

async function measure(worlds: World[], wanted: readonly Reading[]): Promise<Row[]> {
  const askers: Asker[] = []
  for (const world of worlds) askers.push({ caller: new Caller(world.port), asking: await prepare(world) })
  const rows: Row[] = []
  console.log(
    line(
      'p50 in ms',
      worlds.map(({ size }) => count(size.messages)),
      ['p95', 'ratio'],
    ),
  )
  for (const reading of wanted) {
    const times = await timesOf(reading, askers)
    const p50 = times.map(median)
    const [smallest = Number.NaN, largest = Number.NaN] = [p50[0], p50.at(-1)]
    const p95 = (times.at(-1) ?? []).toSorted((a, b) => a - b)[Math.floor(calls * 0.95)] ?? Number.NaN
    console.log(
      line(
        reading.name,
        p50.map(ms => ms.toFixed(2)),
        [p95.toFixed(2), (largest / smallest).toFixed(2)],
      ),
    )
    const reference = { against: `with ${count(worlds[0]?.size.messages ?? 0)} messages`, reference: smallest }
    rows.push(makeRow({ name: reading.name, value: largest, unit: 'ms', ...reference }))
  }
  for (const { caller } of askers) caller.close()
  return rows
}

const line = (name: string, ofSizes: string[], rest: string[]) =>
  name.padEnd(40) + [...ofSizes, ...rest].map(text => text.padStart(9)).join('')
const count = (messages: number) => (messages >= 1e6 ? `${messages / 1e6} M` : `${messages / 1e3} k`)

/** How long each call took, of each size. Who is asked first moves on with every round. */
async function timesOf(reading: Reading, askers: Asker[]): Promise<number[][]> {
  const times: number[][] = askers.map(() => [])
  const tails = await Promise.all(askers.map(asker => deepPath(reading, asker)))
  for (let round = -callsToWarmUp; round < calls; round++) {
    for (let place = 0; place < askers.length; place++) {
      const index = (place + round + callsToWarmUp) % askers.length
      const asker = askers[index]
      if (!asker) continue
      const request = tails[index] ?? reading.ask(asker.asking, round + callsToWarmUp)
      const { ms, status, body } = await asker.caller.call(request)
      if (status !== 200) throw new Error(`${reading.name}: ${status} ${body}`)
      if (round >= 0) times[index]?.push(ms)
    }
  }
  return times
}

async function deepPath({ ask, deep }: Reading, { caller, asking }: Asker) {
  return deep === undefined ? undefined : goDeep(caller, ask(asking, 0), deep)
}

type Picked = { chatId: bigint; orderId: bigint; messageId: bigint; publicId: string }

/** Chats from all over the cabinet, and the tokens of their customers. */
async function prepare(world: World): Promise<Asking> {
  const rows = await world.sql<Picked[]>`
    select c.chat_id as "chatId", c.order_id as "orderId", c.last_message_id as "messageId", u.public_id as "publicId"
      from market.chats c join market.customers u using (customer_id)
     where c.lane = market.lane_of(1) and c.business_id = 1 and c.context_type = 'order' and c.chat_id > 32
     order by md5(c.chat_id::text) limit ${asked}`
  const caller = new Caller(world.port)
  const buyers: Asking['buyers'] = []
  for (const { publicId, chatId } of rows) {
    const headers = { authorization: `Bearer ${world.adminToken}` }
    const path = `/admin/v1/customers/${publicId}/tokens`
    const { body } = await caller.call({ method: 'POST', path, headers, json: {} })
    buyers.push({ headers: { authorization: `Bearer ${JSON.parse(body).token}` }, chatId: `${chatId}` })
  }
  caller.close()
  const texts = ({ chatId, orderId, messageId }: Picked) => ({
    chatId: `${chatId}`,
    orderId: `${orderId}`,
    messageId: `${messageId}`,
  })
  return { world, chats: rows.map(texts), buyers }
}
