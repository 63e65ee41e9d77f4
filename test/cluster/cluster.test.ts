import { expect, onTestFinished, test, vi } from 'vitest'
import type { BusinessId, ChatId } from '#contract'
import { connect } from '../../src/database/connect.ts'
import { prepareDatabase } from '../../src/market/prepare-database.ts'
import { distribute } from '../../src/market/store/distribution/distribute.ts'
import { laneOf } from '../../src/market/store/lane.ts'
import { makeBusiness } from '../support/business.ts'
import { citusVariable } from '../support/citus-nodes.ts'
import { cloneDatabase, type TestMarket, useMarket } from '../support/test-market.ts'

/** Only a cluster has shards to move and nodes to look at. */
const isOnCluster = Boolean(process.env[citusVariable])
const market = isOnCluster ? useMarket() : ({} as TestMarket) // nothing below asks it then

type Written = { chatId: ChatId; messageId: bigint }

/** Posts on and on into these chats, several at a time, until told to end; each message that was acknowledged, in its chat's order. */
function startPosting(businessId: BusinessId, chatIds: readonly ChatId[]) {
  let isOver = false
  const written: Written[] = []
  const post = async (chatId: ChatId) => {
    const content = { kind: 'text', body: `${written.length}` } as const
    const posted = await market.running.market.postbox
      .post({ businessId, chatId, event: 'customer_writes', sender: 'customer', content })
      .catch(() => undefined) // not acknowledged: the node was away
    if (posted?.outcome === 'done') written.push({ chatId, messageId: posted.eventId })
  }
  const writers = chatIds.map(async chatId => {
    while (!isOver) await post(chatId)
  })
  return {
    written,
    /** Resolves when so many more have been acknowledged. */
    more: (count: number) => {
      const wanted = written.length + count
      return vi.waitFor(() => expect(written.length).toBeGreaterThanOrEqual(wanted), { timeout: 120_000 })
    },
    async end() {
      isOver = true
      await Promise.all(writers)
    },
  }
}

/** Every acknowledged message is there, no id came twice, and in each chat ids rose. */
async function expectAllKept(businessId: BusinessId, written: readonly Written[]): Promise<void> {
  const kept = await market.sql<Written[]>`
    select chat_id as "chatId", message_id as "messageId" from market.messages
     where lane = ${laneOf(businessId)} and business_id = ${businessId}`
  const idsOf = (rows: readonly Written[], of: ChatId) => rows.flatMap(row => (row.chatId === of ? row.messageId : []))
  expect(new Set(kept.map(({ messageId }) => messageId)).size).toBe(kept.length)
  for (const chatId of new Set(written.map(({ chatId }) => chatId))) {
    const acknowledged = idsOf(written, chatId)
    expect(acknowledged).toEqual(acknowledged.toSorted((a, b) => (a < b ? -1 : 1)))
    expect(idsOf(kept, chatId)).toEqual(expect.arrayContaining(acknowledged))
  }
}

type Node = { host: string; port: number }

async function nodeOf(businessId: BusinessId): Promise<Node> {
  const [node] = await market.sql<[Node]>`
    select nodename as host, nodeport as port from pg_dist_shard_placement
     where shardid = get_shard_id_for_distribution_column('market.chats', ${laneOf(businessId)}::smallint)`
  return node
}

/** As `kill -9` of any of its processes does: PostgreSQL ends them all and recovers from its log. */
async function crash({ host, port }: Node): Promise<void> {
  const url = new URL(market.databaseUrl)
  url.hostname = host
  url.port = String(port)
  const sql = connect(url.href, { max: 1, name: 'crash' })
  const [{ pid }] = await sql<[{ pid: number }]>`
    select pid from pg_stat_activity where backend_type = 'checkpointer'`
  process.kill(pid, 'SIGKILL')
  await sql.end()
}

/** Moves the shard of a business to the next node that takes rows. */
async function moveShardOf(businessId: BusinessId): Promise<void> {
  const { sql } = market
  const [place] = await sql<[{ shard: bigint; host: string; port: number }]>`
    select shardid as shard, nodename as host, nodeport as port from pg_dist_shard_placement
     where shardid = get_shard_id_for_distribution_column('market.chats', ${laneOf(businessId)}::smallint)`
  const [other] = await sql<[{ host: string; port: number }]>`
    select nodename as host, nodeport as port from pg_dist_node
     where shouldhaveshards and (nodename, nodeport) <> (${place.host}, ${place.port}) limit 1`
  const patient = connect(market.databaseUrl, { max: 1, name: 'move', isPatient: true })
  await patient`
    select citus_move_shard_placement(${place.shard}, ${place.host}, ${place.port}, ${other.host}, ${other.port}, 'force_logical')`
  await patient.end()
}

test.skipIf(!isOnCluster)('every node has ids of its own', async () => {
  const rows = await market.sql<{ remainder: string }[]>`
    select result as remainder from run_command_on_all_nodes(
      $$select start_value % 32 from pg_sequences where schemaname = 'market' and sequencename = 'ids'$$)`

  expect(rows.length).toBeGreaterThan(1)
  expect(new Set(rows.map(({ remainder }) => remainder)).size).toBe(rows.length)
})

test.skipIf(!isOnCluster)(
  'a shard is moved while its chats are written to: nothing acknowledged is lost, ids are distinct and rise',
  async () => {
    const shop = await makeBusiness(market)
    const chatIds = [await shop.makeChat(), await shop.makeChat(), await shop.makeChat(), await shop.makeChat()]
    const posting = startPosting(shop.businessId, chatIds)
    await moveShardOf(shop.businessId)
    const first = posting.written.length
    await moveShardOf(shop.businessId)
    await posting.end()

    await expectAllKept(shop.businessId, posting.written)
    expect(first).toBeGreaterThan(0)
    expect(posting.written.length).toBeGreaterThan(first)
  },
)

// Only where the nodes are on this machine, and may be killed.
test.skipIf(!isOnCluster)(
  'a worker crashes under load and comes back: nothing acknowledged is lost, and what is on other nodes goes on meanwhile',
  async () => {
    const shops = await Promise.all(Array.from({ length: 8 }, () => makeBusiness(market)))
    const all = await Promise.all(
      shops.map(async shop => {
        const chatIds = [await shop.makeChat(), await shop.makeChat()]
        return { shop, node: await nodeOf(shop.businessId), posting: startPosting(shop.businessId, chatIds) }
      }),
    )
    const [first] = all
    if (!first) throw new Error('eight businesses were asked for')
    await Promise.all(all.map(({ posting }) => posting.more(20)))

    await crash(first.node)
    await Promise.all(all.map(({ posting }) => posting.more(20)))
    await Promise.all(all.map(({ posting }) => posting.end()))

    expect(new Set(all.map(({ node }) => node.port)).size).toBeGreaterThan(1)
    for (const { shop, posting } of all) await expectAllKept(shop.businessId, posting.written)
    market.takeErrors() // what was tried while the node was away
  },
)

test.skipIf(!isOnCluster)(
  'a market does not start while there are rows that are not distributed, and who distributes them twice does it once',
  async () => {
    const { url, drop } = await cloneDatabase()
    const sql = connect(url, { max: 1, name: 'test', isPatient: true })
    onTestFinished(async () => {
      await sql.end()
      await drop()
    })
    await sql`insert into market.requests values (5, 5, now(), 1, 1, 'x', 'GET', '/', 200, 1, gen_random_uuid(), null, null, false, 1)`
    await sql`select undistribute_table('market.requests')`
    await expect(prepareDatabase({ databaseUrl: url }, 'of a test')).rejects.toThrow('prilavok distribute')

    const steps: string[] = []
    await distribute(sql, ({ kind, of }) => steps.push(`${kind} ${of}`))
    await distribute(sql, ({ kind, of }) => steps.push(`${kind} ${of}`))

    expect(steps).toEqual(['distribute requests', 'leftover requests'])
    expect(await prepareDatabase({ databaseUrl: url }, 'of a test')).toMatchObject({ isDistributed: true })
    expect(await sql`select 1 from market.requests where lane = 5`).toHaveLength(1)
  },
)
