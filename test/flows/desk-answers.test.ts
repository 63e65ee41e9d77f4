import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { headers } from '#contract'
import type { RunningDesk } from '#desk'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { readAnswers, readWhy, say } from '../support/desk-answers.ts'
import { connectCabinet, readDeskChat, readShopTexts, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Place = { cabinetId: bigint; chatId: bigint }

/** A cabinet with one chat that is mirrored. */
async function openPlace(running: RunningDesk, shop: TestBusiness): Promise<Place> {
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Добрый день')
  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toMatchObject({ lastText: 'Добрый день' })
  return { cabinetId, chatId }
}

test('answers reach the buyer once and in their order, and are recognized in the history', async () => {
  const running = await startTestDesk(market)
  const place = await openPlace(running, await makeBusiness(market))
  await market.sql`insert into desk.drafts (cabinet_id, chat_id, account_id, text, saved_at)
    values (${place.cabinetId}, ${place.chatId}, 'operator', 'раз', now())`

  for (const text of ['раз ', 'два\r\n  три', 'раз']) await say(running, place, { text })

  const texts = ['раз', 'два\r\n  три', 'раз']
  const lines = texts.map(text => `${text} confirmed`)
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(lines)
  expect(await readShopTexts(market, place.chatId)).toEqual(texts)
  expect(await readDeskChat(market.sql, place)).toMatchObject({ view: 'buyer', unread: 0 })
  expect(await market.sql`select from desk.drafts where cabinet_id = ${place.cabinetId}`).toHaveLength(0)
})

test('the same answer twice is one, and a file is an answer too', async () => {
  const running = await startTestDesk(market)
  const place = await openPlace(running, await makeBusiness(market))
  const { desk } = running
  const answerId = randomUUID()
  const kept = await desk.files.save(place.cabinetId, toStream('счёт'))
  const file = { name: '../счёт\u0007.txt', hash: Buffer.from(kept.hash, 'hex'), sizeBytes: kept.sizeBytes }

  await say(running, place, { text: 'раз', answerId })
  const again = await say(running, place, { text: 'раз', answerId })
  await desk.answers.add({ ...place, answerId: randomUUID(), accountId: 'operator', undoSeconds: 0, content: { file } })

  expect(again).toMatchObject({ outcome: 'known', answer: { answerId } })
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed', 'счёт.txt confirmed'])
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз', 'счёт.txt'])
})

async function* toStream(text: string) {
  yield Buffer.from(text)
}

test('an answer can be taken back until it leaves, and others wait behind it', async () => {
  const running = await startTestDesk(market)
  const shop = await makeBusiness(market)
  const another = await shop.makeChat()
  const place = await openPlace(running, shop)
  const elsewhere = { ...place, chatId: another }
  const { answers } = running.desk
  const [first, second] = [randomUUID(), randomUUID()]

  await say(running, place, { text: 'рано', answerId: first, undoSeconds: 30 })
  await say(running, place, { text: 'потом', answerId: second })
  await say(running, elsewhere, { text: 'в другом чате' })
  await expect.poll(() => readAnswers(market.sql, elsewhere)).toEqual(['в другом чате confirmed'])
  expect(await readAnswers(market.sql, place)).toEqual(['рано waiting', 'потом waiting'])
  expect(await answers.takeBack({ ...place, answerId: first })).toMatchObject({ text: 'рано', state: 'cancelled' })

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['рано cancelled', 'потом confirmed'])
  expect(await answers.takeBack({ ...place, answerId: second })).toBeUndefined()
  expect(await readShopTexts(market, place.chatId)).toEqual(['потом'])
})

test('what the buyer or another operator wrote meanwhile is caught before an answer leaves', async () => {
  const running = await startTestDesk(market)
  const place = await openPlace(running, await makeBusiness(market))
  const [{ messageId }] = await market.sql<[{ messageId: bigint }]>`
    select last_message_id as "messageId" from desk.chats where cabinet_id = ${place.cabinetId}`
  const seen = { seenMessageId: messageId }

  expect(await say(running, place, { text: 'раз', ...seen })).toMatchObject({ outcome: 'added' })
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])

  expect(await say(running, place, { text: 'два', ...seen })).toMatchObject({ outcome: 'added' })
  const others = { text: 'три', ...seen, accountId: 'another' }
  const refused = await say(running, place, others)
  // The second one may be a message already.
  expect(refused.outcome === 'conflict' && refused.newMessages + refused.newAnswers).toBe(2)
  expect(await say(running, place, { text: ' ' })).toEqual({ outcome: 'empty' })
  expect(await say(running, place, { text: 'я'.repeat(4097) })).toEqual({ outcome: 'tooLong' })
})

test('a refusal is told in its words, and can be sent again or put away', async () => {
  const running = await startTestDesk(market)
  const shop = await makeBusiness(market)
  const token = await shop.makeKey(['all-methods:read-only'])
  const place = await openPlace(running, { ...shop, token })
  const answerId = randomUUID()
  await say(running, place, { text: 'раз', answerId })
  await expect.poll(() => readWhy(market.sql, place)).toMatchObject({ state: 'failed', reason: 'scope', attempt: 1 })

  expect((await readWhy(market.sql, place))?.why).toMatch(/sendMessageToChat was refused with 403/)
  expect(await running.desk.answers.again({ ...place, answerId })).toMatchObject({ state: 'waiting' })
  await expect.poll(() => readWhy(market.sql, place)).toMatchObject({ state: 'failed', attempt: 2 })
  expect(await running.desk.answers.dismiss({ ...place, answerId })).toMatchObject({ state: 'cancelled' })
  expect(await readShopTexts(market, place.chatId)).toEqual([])
})

/** A market that is away, that loses answers to sends, or whose hour is used up for them, as long as a test says so. */
function makeUnreliableFetch() {
  const trouble = { isAway: false, losesSends: false, hourEnds: undefined as Date | undefined }
  const keys: (string | undefined)[] = []
  const unreliable: typeof fetch = async (input, init) => {
    if (trouble.isAway) {
      const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
      throw new TypeError('fetch failed', { cause })
    }
    if (!`${input}`.includes('/chats/message') || init?.method !== 'POST') return fetch(input, init)
    keys.push(new Headers(init.headers).get(headers.idempotencyKey) ?? undefined)
    if (trouble.hourEnds) return refuseForTheHour(trouble.hourEnds)
    const answer = await fetch(input, init)
    if (!trouble.losesSends) return answer
    await answer.text()
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) })
  }
  return { trouble, keys, fetch: unreliable }
}

function refuseForTheHour(hourEnds: Date): Response {
  const told = { [headers.limit]: '1000', [headers.remaining]: '0', [headers.until]: hourEnds.toUTCString() }
  const errors = [{ code: 'LIMIT_EXCEEDED', message: 'Hit rate limit of 1000 requests per 1 hour' }]
  return new Response(JSON.stringify({ status: 'ERROR', errors }), { status: 420, headers: told })
}

test('while the market is away an answer waits, and leaves by itself when the market is back', async () => {
  const unreliable = makeUnreliableFetch()
  const running = await startTestDesk(market, { fetch: unreliable.fetch })
  const place = await openPlace(running, await makeBusiness(market))
  const find = () => running.desk.cabinets.find(place.cabinetId)

  unreliable.trouble.isAway = true
  await say(running, place, { text: 'раз' })
  await expect
    .poll(() => readWhy(market.sql, place))
    .toMatchObject({ state: 'waiting', reason: 'away', why: expect.stringMatching(/could not reach/) })
  await expect.poll(async () => (await find())?.awaySince).toBeInstanceOf(Date)
  unreliable.trouble.isAway = false

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз'])
  await expect.poll(async () => (await find())?.awaySince).toBeNull()
})

test('an answer that is lost on its way back is asked for again under its own id', async () => {
  const unreliable = makeUnreliableFetch()
  const running = await startTestDesk(market, { fetch: unreliable.fetch })
  const place = await openPlace(running, await makeBusiness(market))
  const answerId = randomUUID()

  unreliable.trouble.losesSends = true
  await say(running, place, { text: 'раз', answerId })

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])
  await expect.poll(() => unreliable.keys).toHaveLength(4)
  expect(new Set(unreliable.keys)).toEqual(new Set([answerId]))
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз'])
})

test('when the hour is used up an answer waits, and says until when', async () => {
  const unreliable = makeUnreliableFetch()
  const running = await startTestDesk(market, { fetch: unreliable.fetch })
  const place = await openPlace(running, await makeBusiness(market))
  const hourEnds = new Date(Math.floor(Date.now() / 1000) * 1000 + 40 * 60_000)

  unreliable.trouble.hourEnds = hourEnds
  await say(running, place, { text: 'раз' })

  await expect.poll(() => readWhy(market.sql, place)).toMatchObject({ state: 'waiting', nextAt: expect.any(Date) })
  const waiting = await readWhy(market.sql, place)
  expect(waiting?.reason).toBe('quota')
  expect(Math.abs((waiting?.nextAt?.getTime() ?? 0) - hourEnds.getTime())).toBeLessThan(5_000)
  expect(await readShopTexts(market, place.chatId)).toEqual([])
})
