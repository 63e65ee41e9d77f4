import { expect, test } from 'vitest'
import type { OutboxMoment } from '#desk'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { readAnswers, say } from '../support/desk-answers.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { type DeskEnd, type ForkedDesk, forkDesk } from '../support/forked-desk.ts'
import { connectCabinet, readDeskChat, readShopTexts, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const hasty = { leaseTtlMs: 900, settleWaitsMs: [0, 100, 200] }

type Place = { cabinetId: bigint; chatId: bigint; shop: TestBusiness }

/** A cabinet whose chat is mirrored, and that nobody works now. */
async function makePlace(url = market.url): Promise<Place> {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Добрый день')
  const first = await startTestDesk(market)
  const cabinetId = await connectCabinet(first, { url }, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toMatchObject({ lastText: 'Добрый день' })
  await first.stop()
  return { cabinetId, chatId, shop }
}

/** As the desk's API writes it, while no desk runs. */
async function writeDown({ cabinetId, chatId }: Place, texts: readonly string[]): Promise<void> {
  for (const text of texts)
    await market.sql`
      insert into desk.answers (cabinet_id, answer_id, chat_id, position, account_id, text, print, state, created_at, leaves_at)
      values (${cabinetId}, gen_random_uuid(), ${chatId}, nextval('desk.ids'), 'operator', ${text}, ${`text ${text}`}, 'waiting', now(), now())`
}

/** Starts a desk in a process of its own that ends, or stops, there, and waits for it. */
async function crashAt(end: DeskEnd, signal: 'SIGKILL' | 'SIGSTOP' = 'SIGKILL'): Promise<ForkedDesk> {
  const forked = await forkDesk({ databaseUrl: market.databaseUrl, end, signal })
  if (signal === 'SIGKILL') await forked.ended
  return forked
}

const sending = '/chats/message'
const moments: OutboxMoment[] = ['begun', 'answered', 'written']
const ends: [string, DeskEnd][] = [
  ...moments.map((moment): [string, DeskEnd] => [`its answer is ${moment}`, { moment }]),
  ['its answer is done, and it has not heard of it', { path: sending, number: 1, when: 'after' }],
]

test.each(ends)('a desk that is killed when %s leaves it to the next, and the buyer has it once', async (_when, at) => {
  const place = await makePlace()
  await writeDown(place, ['раз', 'два', 'раз'])

  await crashAt(at)
  await startTestDesk(market, hasty)

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed', 'два confirmed', 'раз confirmed'])
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз', 'два', 'раз'])
})

test('a desk that was frozen while it sent changes nothing when it wakes up', async () => {
  const place = await makePlace()
  await writeDown(place, ['раз'])

  const frozen = await crashAt({ moment: 'begun' }, 'SIGSTOP')
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз sending'])
  await startTestDesk(market, hasty)
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])
  frozen.process.kill('SIGCONT')
  // It serves again: what it was about to do it has begun.
  await expect.poll(() => fetch(`${frozen.url}/readyz`).then(({ status }) => status)).toBe(200)
  await writeAs('customer', { market, shop: place.shop, chatId: place.chatId }, 'Спасибо')

  await expect.poll(() => readDeskChat(market.sql, place)).toMatchObject({ lastText: 'Спасибо' })
  expect(await readAnswers(market.sql, place)).toEqual(['раз confirmed'])
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз'])
})

test('of two desks on one database one works, and the other takes over when it dies', async () => {
  const place = await makePlace()
  await market.sql`update desk.cabinets set state = 'paused' where cabinet_id <> ${place.cabinetId}`
  const one = await forkDesk(market)
  const owner = async () => {
    const [lease] = await market.sql<[{ owner: string | null; epoch: bigint }]>`
      select owner, epoch from desk.leases where cabinet_id = ${place.cabinetId}`
    return lease
  }
  await expect.poll(async () => (await owner()).owner).not.toBeNull()
  const before = await owner()
  const two = await startTestDesk(market, hasty)

  await say(two, place, { text: 'раз' })
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])
  expect(await owner()).toEqual(before)
  one.process.kill('SIGKILL')
  await say(two, place, { text: 'два' })

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed', 'два confirmed'])
  expect(await owner()).toMatchObject({ epoch: before.epoch + 1n })
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз', 'два'])
})

const withoutKeys = () => startFaultProxy({ target: market.url, seed: 1, share: 0, hidesIdempotency: true })

test('at a market without keys an answer that nobody has sent for certain is not sent again: a person decides', async () => {
  const place = await makePlace((await withoutKeys()).url)
  await writeDown(place, ['раз', 'два'])

  await crashAt({ moment: 'begun' })
  const running = await startTestDesk(market, hasty)

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз unknown', 'два waiting'])
  expect(await readShopTexts(market, place.chatId)).toEqual([])
  const [{ answerId }] = await market.sql<[{ answerId: string }]>`
    select answer_id as "answerId" from desk.answers where cabinet_id = ${place.cabinetId} and text = 'раз'`
  await running.desk.answers.again({ ...place, answerId })
  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed', 'два confirmed'])
  expect(await readShopTexts(market, place.chatId)).toEqual(['раз', 'два'])
})

test.each(ends.filter(([, end]) => !('moment' in end && end.moment === 'begun')))(
  'at a market without keys an answer of a desk that is killed when %s is found in the history',
  async (_when, at) => {
    const place = await makePlace((await withoutKeys()).url)
    await writeDown(place, ['раз', 'два'])

    await crashAt(at)
    await startTestDesk(market, hasty)

    await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed', 'два confirmed'])
    expect(await readShopTexts(market, place.chatId)).toEqual(['раз', 'два'])
  },
)

test('at a market without keys and with a bad line nothing is sent twice, and what is unknown says so', async () => {
  const kinds = ['swallow', 'hangUp', 'cutAnswer', 'answer503', 'cutBefore'] as const
  const proxy = await startFaultProxy({ target: market.url, seed: 7, share: 0.3, kinds, hidesIdempotency: true })
  const place = await makePlace(proxy.url)
  const texts = Array.from({ length: 8 }, (_, n) => `ответ ${n}`)
  await writeDown(place, texts)

  const running = await startTestDesk(market, hasty)
  await expect
    .poll(async () => {
      const why = await readWhyUnknown(place)
      if (why) {
        expect(why.why).not.toBe('')
        await running.desk.answers.dismiss({ ...place, answerId: why.answerId })
      }
      return (await readAnswers(market.sql, place)).filter(line => !/ (confirmed|cancelled)$/.test(line))
    })
    .toEqual([])

  const written = await readShopTexts(market, place.chatId)
  expect(new Set(written).size).toBe(written.length)
  const confirmed = (await readAnswers(market.sql, place)).filter(line => line.endsWith(' confirmed'))
  expect(written).toEqual(expect.arrayContaining(confirmed.map(line => line.replace(' confirmed', ''))))
})

async function readWhyUnknown({ cabinetId }: Place) {
  const [row] = await market.sql<{ answerId: string; why: string }[]>`
    select answer_id as "answerId", why from desk.answers where cabinet_id = ${cabinetId} and state = 'unknown'`
  return row
}
