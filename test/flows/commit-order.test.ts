import { expect, test } from 'vitest'
import type { BusinessId, ChatId } from '#contract'
import { systemClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import { Postbox } from '../../src/market/chats/postbox.ts'
import { Bus } from '../../src/market/live/bus.ts'
import { listMessages } from '../../src/market/store/messages.ts'
import { makeBusiness } from '../support/business.ts'
import { collectingLog, useMarket } from '../support/test-market.ts'

const market = useMarket()
const processes = 4
const writersEach = 4
const pollers = 8

test('sixteen writers and eight pollers for ten seconds: no message is out of order, none is skipped', async () => {
  const stage = await makeStage(market.databaseUrl)

  const { missed, written } = await play(stage, 10_000)

  expect(missed).toEqual([])
  expect(written).toBeGreaterThan(1_000)
  await stage.close()
}, 30_000)

test('without the lock on the chat the same pollers miss messages', async () => {
  const stage = await makeStage(market.databaseUrl)
  const putLockBack = await takeLockAway(stage.sql)

  let missed: string[] = []
  for (let round = 0; round < 20 && missed.length === 0; round++) missed = (await play(stage, 500)).missed

  await putLockBack()
  expect(missed).not.toEqual([])
  await stage.close()
}, 30_000)

type Stage = {
  sql: Sql
  postboxes: Postbox[]
  businessId: BusinessId
  chatIds: ChatId[]
  close(): Promise<unknown>
}

/** Several market processes, as far as posting goes: each with connections and a postbox of its own. */
async function makeStage(databaseUrl: string): Promise<Stage> {
  const business = await makeBusiness(market)
  const chatIds = [await business.makeChat(), await business.makeChat(), await business.makeChat()]
  const pools = Array.from({ length: processes }, () => connect(databaseUrl, { max: 3, name: 'test writers' }))
  const sql = connect(databaseUrl, { max: pollers, name: 'test pollers' })
  const log = collectingLog([])
  return {
    sql,
    postboxes: pools.map(pool => new Postbox({ sql: pool, bus: new Bus(pool, log), clock: systemClock, onBatch() {} })),
    businessId: business.businessId,
    chatIds,
    close: () => Promise.all([...pools, sql].map(pool => pool.end())),
  }
}

async function play(stage: Stage, ms: number): Promise<{ missed: string[]; written: number }> {
  const end = Date.now() + ms
  let isWritten = false
  const watching = Array.from({ length: pollers }, () => poll(stage, () => isWritten))
  const writers = stage.postboxes.flatMap(postbox =>
    Array.from({ length: writersEach }, () => write(stage, postbox, () => Date.now() >= end)),
  )
  const written = (await Promise.all(writers)).reduce((sum, count) => sum + count)
  isWritten = true
  const seen = await Promise.all(watching)
  const missed: string[] = []
  for (const chatId of stage.chatIds) {
    const all = await listMessages(stage.sql, stage.businessId, chatId, { from: 1n, limit: 1_000_000 })
    for (const [poller, chats] of seen.entries()) {
      const known = chats.get(chatId) ?? new Set()
      for (const { messageId } of all) if (!known.has(messageId)) missed.push(`poller ${poller} missed ${messageId}`)
    }
  }
  return { missed: missed.slice(0, 5), written }
}

async function write({ businessId, chatIds }: Stage, postbox: Postbox, isOver: () => boolean): Promise<number> {
  let count = 0
  while (!isOver()) {
    const chatId = chatIds[count % chatIds.length] ?? (0n as ChatId)
    const content = { kind: 'text', body: `письмо ${count}` } as const
    const posted = await postbox.post({ businessId, chatId, event: 'partner_writes', sender: 'partner', content })
    expect(posted.outcome).toBe('done')
    count++
  }
  return count
}

/** Reads on from the last id it knows, like a shop; once more when everything is written. */
async function poll({ sql, businessId, chatIds }: Stage, isWritten: () => boolean): Promise<Map<ChatId, Set<bigint>>> {
  const seen = new Map(chatIds.map(chatId => [chatId, new Set<bigint>()]))
  const last = new Map<ChatId, bigint>()
  const readOn = async () => {
    for (const chatId of chatIds) {
      const rows = await listMessages(sql, businessId, chatId, { from: (last.get(chatId) ?? 0n) + 1n, limit: 1000 })
      for (const { messageId } of rows) seen.get(chatId)?.add(messageId)
      last.set(chatId, rows.at(-1)?.messageId ?? last.get(chatId) ?? 0n)
    }
  }
  while (!isWritten()) await readOn()
  await readOn()
  return seen
}

/** Makes the function anew without its lock. Returns how to undo it. */
async function takeLockAway(sql: Sql): Promise<() => Promise<unknown>> {
  const [row] = await sql<[{ source: string }]>`
    select pg_get_functiondef('market.post_messages(smallint, timestamptz, json)'::regprocedure) as source`
  const unlocked = row.source.replace('for no key update of c', '')
  expect(unlocked).not.toBe(row.source)
  await sql.unsafe(unlocked)
  return () => sql.unsafe(row.source)
}
