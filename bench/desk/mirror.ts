import { randomUUID } from 'node:crypto'
import { type ChatStore, type ChatsSource, MarketClient, makeMemoryStore, syncChats } from '#client'
import { migrate } from '#database'
import { deskSchema } from '#desk'
import { makeLog, systemClock } from '#kit'
import { connect, type Sql } from '../../src/database/connect.ts'
import { Bus } from '../../src/desk/live/bus.ts'
import { makeChatStore } from '../../src/desk/mirror/chat-store.ts'
import { insertCabinet } from '../../src/desk/store/cabinets.ts'
import { keepLeases } from '../../src/desk/store/leases.ts'
import { type PostItem, postMessages } from '../../src/market/store/messages.ts'
import { makeRow, type Row } from '../row.ts'
import type { BenchBusiness, Stage } from '../stage.ts'

const messagesPerChat = 10
const chatsPerBatch = 16
const ttlMs = 600_000

/** The desk's first mirror in PostgreSQL, with views, words and files; against the same calls with nothing kept, and against a mirror in memory. */
export async function mirrorBench({ sql, businesses, port, server }: Stage): Promise<Row[]> {
  for (const business of businesses) await fill(sql, business)
  await age(sql)
  const desk = connect(server.url('postgres'), { max: 12, name: 'bench desk' })
  try {
    await migrate(desk, deskSchema)
    const baseUrl = `http://127.0.0.1:${port}`
    const cabinets = await Promise.all(businesses.map(business => addCabinet(desk, business, baseUrl)))
    const chats = businesses.reduce((sum, { chatIds }) => sum + chatIds.length, 0)
    const perSecond = async (work: () => Promise<unknown>) => {
      const begun = performance.now()
      await work()
      return chats / ((performance.now() - begun) / 1000)
    }
    const stores = await storesOf(desk, cabinets)
    const read = () => Promise.all(cabinets.map(({ client }) => readAll(client)))
    const mirror = (storeOf: (cabinet: (typeof stores)[number]) => ChatStore) => () =>
      Promise.all(stores.map(cabinet => syncChats(cabinet.client, storeOf(cabinet), { once: true })))
    await perSecond(read)
    const reading = await perSecond(read)
    const inMemory = await perSecond(mirror(() => makeMemoryStore()))
    const value = await perSecond(mirror(({ store }) => store))
    const row = { name: 'first mirror of a desk, chats', value, unit: 'per s' }
    return [
      makeRow({ ...row, against: 'only reading them', reference: reading }),
      makeRow({ ...row, against: 'a mirror in memory', reference: inMemory }),
    ]
  } finally {
    await desk.end()
  }
}

/** Chats of other times: what was written within the last second is read twice by a mirror. */
async function age(sql: Sql): Promise<void> {
  await sql`update market.messages set created_at = created_at - interval '1 minute' * (chat_id % 1000 + 1)`
  await sql`update market.chats set updated_at = updated_at - interval '1 minute' * (chat_id % 1000 + 1)`
}

async function fill(sql: Sql, { businessId, chatIds }: BenchBusiness): Promise<void> {
  for (let n = 0; n < chatIds.length; n += chatsPerBatch) {
    const items = chatIds.slice(n, n + chatsPerBatch).flatMap(chat =>
      Array.from({ length: messagesPerChat }, (_, m): PostItem => {
        const who = m % 2 ? 'partner' : 'customer'
        const text = `Здравствуйте, подскажите, когда придёт заказ ${chat}, сообщение номер ${m}?`
        return {
          business: `${businessId}`,
          chat: `${chat}`,
          customer: null,
          event: `${who}_writes`,
          sender: who,
          kind: 'text',
          text,
        }
      }),
    )
    await postMessages(sql, items, new Date())
  }
}

type Cabinet = { cabinetId: bigint; client: MarketClient }

async function addCabinet(sql: Sql, { businessId, token }: BenchBusiness, baseUrl: string): Promise<Cabinet> {
  const cabinetId = BigInt(businessId)
  const bytes = Buffer.from(`${businessId}`)
  await insertCabinet(sql, {
    ...{
      cabinetId,
      baseUrl,
      businessId: cabinetId,
      name: `${businessId}`,
      keyName: 'bench',
      scopes: [],
      campaigns: [],
    },
    ...{ sealedKey: bytes, notificationHash: bytes, sealedNotificationSecret: bytes, now: new Date() },
  })
  return { cabinetId, client: new MarketClient({ apiKey: token, businessId, baseUrl }) }
}

async function storesOf(sql: Sql, cabinets: readonly Cabinet[]) {
  const bus = new Bus(sql, await makeLog('error'))
  const holds = await keepLeases(sql, randomUUID(), ttlMs)
  return holds.flatMap(hold => {
    const client = cabinets.find(({ cabinetId }) => cabinetId === hold.cabinetId)?.client
    return client ? [{ client, store: makeChatStore({ sql, bus, clock: systemClock, hold }) }] : []
  })
}

/** Two chats at once, as the mirror does. */
async function readAll({ chats, messages }: ChatsSource): Promise<void> {
  const list = chats.list({ limit: 20 })[Symbol.asyncIterator]()
  const worker = async () => {
    for (let chat = await list.next(); !chat.done; chat = await list.next())
      for await (const _ of messages.history(chat.value.chatId, { limit: 100 }));
  }
  await Promise.all([worker(), worker()])
}
