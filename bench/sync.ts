import {
  type ChatStore,
  type ChatsSource,
  MarketClient,
  makeHints,
  makeMemoryStore,
  syncChats,
  verifySync,
} from '#client'
import { makeStage } from '../test/support/sync/stage.ts'
import { makeRow, type Row } from './row.ts'
import type { Stage } from './stage.ts'

const hourMs = 3_600_000
const messagesPerChat = 10
const chatsPerPage = 20

/** What a mirror costs in calls, by a model of the market in virtual time; and how fast it is, by the market itself. */
export async function syncBench(stage: Stage): Promise<Row[]> {
  return [await initialCalls(), ...(await steadyCalls()), await initialSpeed(stage)]
}

/** 100 000 messages in 10 000 chats. */
async function initialCalls(): Promise<Row> {
  const model = makeStage({ latencyMs: 50 })
  const chats = 10_000
  for (let n = 0; n < chats; n++) model.addChat(messagesPerChat, 1_000_000 + n * 1000)
  await model.mirror()
  const value = model.calls.length
  await requireEqual(model)
  const reference = Math.ceil(chats / chatsPerPage) + chats
  const bound = { against: 'the fewest there can be', reference }
  return makeRow({ name: 'first mirror, 10 000 chats', value, unit: 'calls', ...bound })
}

/** A business hour with notifications, and an idle one. */
async function steadyCalls(): Promise<Row[]> {
  const model = makeStage({ latencyMs: 50 })
  const chats = Array.from({ length: 400 }, (_, n) => model.addChat(messagesPerChat, 1_000_000 + n * 1000))
  await model.mirror()
  const hints = makeHints()
  const marks = { begun: model.calls.length, busy: 0, idle: 0 }
  const messages = 1_800
  await model.follow({ hints }, async () => {
    for (let n = 0; n < messages; n++) {
      await model.clock.wait(hourMs / messages)
      const chat = chats[(n * 37) % chats.length]
      if (!chat) continue
      const { messageId } = model.market.write(chat)
      hints.tell({ chatId: chat.chat.chatId, messageId, at: model.clock.now() })
    }
    marks.busy = model.calls.length
    await model.clock.wait(10 * 60_000)
    marks.idle = model.calls.length
    await model.clock.wait(hourMs)
  })
  const idle = model.calls.length - marks.idle
  await requireEqual(model)
  const sweeps = hourMs / 30_000
  return [
    makeRow({
      ...{ name: 'followed, 1 800 messages', value: marks.busy - marks.begun, unit: 'calls' },
      ...{ against: 'one a message and a sweep', reference: messages + sweeps },
    }),
    makeRow({ name: 'an idle hour', value: idle, unit: 'calls', against: 'a call a sweep', reference: sweeps }),
  ]
}

type Model = ReturnType<typeof makeStage>

async function requireEqual({ clock, market, store }: Model): Promise<void> {
  const { missing, different } = await clock.run(verifySync(market.source, store, { clock }))
  if (missing + different > 0) throw new Error(`the mirror has ${missing} missing and ${different} different`)
}

/** Chats a second of all businesses of the market; against the same calls with nothing kept. */
async function initialSpeed({ sql, businesses, port }: Stage): Promise<Row> {
  // As they would be: chats that all moved in one second are read when that second is over.
  await sql`update market.chats set updated_at = updated_at - interval '1 minute' * (chat_id % 1000)`
  const baseUrl = `http://127.0.0.1:${port}`
  const clients = businesses.map(({ businessId, token }) => new MarketClient({ apiKey: token, businessId, baseUrl }))
  const chats = businesses.reduce((sum, { chatIds }) => sum + chatIds.length, 0)
  const perSecond = async (read: (client: MarketClient) => Promise<void>) => {
    const begun = performance.now()
    await Promise.all(clients.map(read))
    return chats / ((performance.now() - begun) / 1000)
  }
  await perSecond(readAll)
  const reference = await perSecond(readAll)
  const value = await perSecond(client => mirrorAll(client, makeMemoryStore()))
  return makeRow({ name: 'first mirror, chats', value, unit: 'per s', against: 'only reading them', reference })
}

function mirrorAll(market: ChatsSource, store: ChatStore): Promise<void> {
  return syncChats(market, store, { once: true })
}

/** Two chats at once, as the mirror does. */
async function readAll({ chats, messages }: ChatsSource): Promise<void> {
  const list = chats.list({ limit: chatsPerPage })[Symbol.asyncIterator]()
  const worker = async () => {
    for (let chat = await list.next(); !chat.done; chat = await list.next())
      for await (const _ of messages.history(chat.value.chatId, { limit: 100 }));
  }
  await Promise.all([worker(), worker()])
}
