import type { BusinessId, ChatId } from '#contract'
import { systemClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import { Postbox } from '../../src/market/chats/postbox.ts'
import { Bus } from '../../src/market/live/bus.ts'
import { listMessages } from '../../src/market/store/messages.ts'
import { makeBusiness } from '../../test/support/business.ts'
import { whenOver } from '../../test/support/run-context.ts'
import { collectingLog, type TestMarket } from '../../test/support/test-market.ts'

const processes = 4
const writersEach = 4
const readers = 8

export type Stage = {
  sql: Sql
  postboxes: Postbox[]
  readers: number
  businessId: BusinessId
  chatIds: ChatId[]
}

/** Several market processes, as far as posting goes: each with connections and a postbox of its own. */
export async function makeStage(market: TestMarket): Promise<Stage> {
  const business = await makeBusiness(market)
  const chatIds = [await business.makeChat(), await business.makeChat(), await business.makeChat()]
  const open = (max: number, name: string) => {
    const pool = connect(market.databaseUrl, { max, name })
    whenOver(() => pool.end())
    return pool
  }
  const pools = Array.from({ length: processes }, () => open(3, 'writers of a proof'))
  const bus = (pool: Sql) => new Bus(pool, collectingLog([]))
  return {
    sql: open(readers, 'readers of a proof'),
    postboxes: pools.map(
      sql => new Postbox({ sql, layout: market.layout, bus: bus(sql), clock: systemClock, onBatch() {} }),
    ),
    readers,
    businessId: business.businessId,
    chatIds,
  }
}

type Played = { missed: string[]; written: number; reads: number }

/** Writes so many messages while all read; then says who has missed which. */
export async function play(stage: Stage, messages: number): Promise<Played> {
  let [written, reads] = [0, 0]
  let isWritten = false
  const reading = Array.from({ length: readers }, () =>
    readOn(stage, { isOver: () => isWritten, onRead: () => reads++ }),
  )
  const takeTurn = () => (written < messages ? written++ : undefined)
  await Promise.all(
    stage.postboxes.flatMap(postbox => Array.from({ length: writersEach }, () => write(stage, postbox, takeTurn))),
  )
  isWritten = true
  const missed = await findMissed(stage, await Promise.all(reading))
  return { missed, written, reads }
}

async function write(
  { businessId, chatIds }: Stage,
  postbox: Postbox,
  takeTurn: () => number | undefined,
): Promise<void> {
  for (let turn = takeTurn(); turn !== undefined; turn = takeTurn()) {
    const chatId = chatIds[turn % chatIds.length] ?? (0n as ChatId) // there are chats
    const content = { kind: 'text', body: `письмо ${turn}` } as const
    const posted = await postbox.post({ businessId, chatId, event: 'partner_writes', sender: 'partner', content })
    if (posted.outcome !== 'done') throw new Error(`message ${turn} was not written: ${posted.outcome}`)
  }
}

type Watch = { isOver(): boolean; onRead(): void }

/** Reads each chat from the last message it knows on; once more when everything is written. */
async function readOn(
  { sql, businessId, chatIds }: Stage,
  { isOver, onRead }: Watch,
): Promise<Map<ChatId, Set<bigint>>> {
  const seen = new Map(chatIds.map(chatId => [chatId, new Set<bigint>()]))
  const last = new Map<ChatId, bigint>()
  const readAll = async () => {
    for (const chatId of chatIds) {
      const rows = await listMessages(sql, businessId, chatId, {
        from: (last.get(chatId) ?? 0n) + 1n,
        limit: 1_000_000,
      })
      for (const { messageId } of rows) seen.get(chatId)?.add(messageId)
      last.set(chatId, rows.at(-1)?.messageId ?? last.get(chatId) ?? 0n)
      onRead()
    }
  }
  while (!isOver()) await readAll()
  await readAll()
  return seen
}

async function findMissed(
  { sql, businessId, chatIds }: Stage,
  seen: readonly Map<ChatId, Set<bigint>>[],
): Promise<string[]> {
  const missed: string[] = []
  for (const chatId of chatIds) {
    const all = await listMessages(sql, businessId, chatId, { from: 1n, limit: 1_000_000 })
    for (const [reader, chats] of seen.entries())
      for (const { messageId } of all)
        if (!chats.get(chatId)?.has(messageId))
          missed.push(`reader ${reader} missed message ${messageId} of chat ${chatId}`)
  }
  return missed
}
