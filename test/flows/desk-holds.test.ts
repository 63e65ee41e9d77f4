import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Chat, MarketClient, syncChats } from '#client'
import { chatStatuses, chatTypes, openableContextTypes, senders } from '#contract'
import { systemClock } from '#kit'
import { LostHold } from '../../src/desk/cabinets/lost-hold.ts'
import { Bus } from '../../src/desk/live/bus.ts'
import { makeChatStore } from '../../src/desk/mirror/chat-store.ts'
import { type Hold, keepLeases } from '../../src/desk/store/leases.ts'
import { writeNotes } from '../../src/desk/store/syncs.ts'
import { makeBusiness } from '../support/business.ts'
import { connectCabinet, startTestDesk } from '../support/test-desk.ts'
import { collectingLog, useMarket } from '../support/test-market.ts'

const market = useMarket()
const ttlMs = 60_000

const at = new Date('2026-03-01T09:00:00Z')
const [, , waits] = chatStatuses
const chat: Chat = {
  ...{ chatId: 5n, type: chatTypes[0], status: waits, createdAt: at, updatedAt: at },
  context: { type: openableContextTypes[0], orderId: 7n, customer: { name: 'Анна', publicId: 'a' } },
}
const mark = { chatId: 5n, updatedAt: at, isRead: true, lastMessageId: 9n, readFrom: 9n, newestAt: at }
const message = { messageId: 9n, createdAt: at, sender: senders[1], text: 'Ау', files: [] }

/** A cabinet that no desk works. */
async function makeCabinet() {
  const shop = await makeBusiness(market)
  const first = await startTestDesk(market)
  const cabinetId = await connectCabinet(first, market, shop)
  await first.stop()
  return { cabinetId, shop }
}

/** Somebody's hold of the cabinet; whoever had it loses it, and whoever lived is dead. */
async function takeHold(cabinetId: bigint): Promise<Hold> {
  await market.sql`delete from desk.processes`
  await market.sql`update desk.leases set expires_at = now() where cabinet_id = ${cabinetId}`
  const hold = (await keepLeases(market.sql, randomUUID(), ttlMs)).find(held => held.cabinetId === cabinetId)
  if (!hold) throw new Error('the cabinet is not free')
  return hold
}

const storeOf = (hold: Hold) =>
  makeChatStore({ sql: market.sql, bus: new Bus(market.sql, collectingLog([])), clock: systemClock, hold })

async function readAll(hold: Hold) {
  const known = []
  for await (const one of storeOf(hold).known()) known.push(one)
  return { known, stored: await storeOf(hold).readChat(5n), notes: await storeOf(hold).readNotes() }
}

test('a store gives back what was put, and says what is new', async () => {
  const { cabinetId } = await makeCabinet()
  const hold = await takeHold(cabinetId)
  const store = storeOf(hold)

  await store.putChats([chat, chat])
  expect(await store.putMessages(5n, [message, message], mark)).toEqual([9n])
  expect(await store.putMessages(5n, [{ ...message, text: 'Ау\0\ud800' }], mark)).toEqual([])
  await store.writeNotes('to be kept')

  const { known, stored, notes } = await readAll(hold)
  expect(known).toEqual([{ chat, mark }])
  expect(stored).toEqual({ chat, messages: [{ ...message, text: 'Ау\ufffd\ufffd' }] })
  expect(notes).toBe('to be kept')
})

test('what an old owner puts changes nothing, and ends its mirror', async () => {
  const { cabinetId, shop } = await makeCabinet()
  const old = await takeHold(cabinetId)
  await storeOf(old).putChats([chat])
  const now = await takeHold(cabinetId)
  const before = await readAll(now)
  const client = new MarketClient({ apiKey: shop.token, businessId: shop.businessId, baseUrl: market.url })
  await shop.makeChat()

  await expect(storeOf(old).putMessages(5n, [message], mark)).rejects.toThrow(LostHold)
  await expect(storeOf(old).putChats([{ ...chat, chatId: 6n }])).rejects.toThrow(LostHold)
  expect(await writeNotes(market.sql, old, 'late')).toBe(false)
  await expect(syncChats(client, storeOf(old))).rejects.toThrow(LostHold)

  expect(await readAll(now)).toEqual(before)
  expect(now.epoch).toBe(old.epoch + 1n)
})

test('a cabinet that is held is nobody else’s, and a paused one is nobody’s', async () => {
  const { cabinetId } = await makeCabinet()
  const hold = await takeHold(cabinetId)
  const isHeldBy = async (owner: string) =>
    (await keepLeases(market.sql, owner, ttlMs)).some(held => held.cabinetId === cabinetId)

  // As far as shares go, whoever comes next may take all.
  await market.sql`delete from desk.processes`
  expect(await isHeldBy(randomUUID())).toBe(false)
  expect(await isHeldBy(hold.owner)).toBe(true)
  await market.sql`update desk.cabinets set state = 'paused' where cabinet_id = ${cabinetId}`
  expect(await isHeldBy(hold.owner)).toBe(false)
  expect(await isHeldBy(randomUUID())).toBe(false)
})
