import { describe, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { askLab, askLabFor } from '../support/lab.ts'
import { historyOf, linesOf, listBuyers, pass, reply, statusOf } from '../support/lab-buyers.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const market = useMarket({ lab: { seed: 1 }, clock })
const later = (seconds: number) => pass(clock, market.running, seconds)

type Played = { scenario: string; chatIds: number[]; did: string[] }

async function makeShop(): Promise<TestBusiness> {
  const shop = await makeBusiness(market)
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { directMessages: 'all' })
  return shop
}

function play(shop: TestBusiness, name: string, seed?: number): Promise<Played> {
  return askLabFor<Played>(market, `POST /scenarios/${name}`, { businessId: shop.businessId, seed })
}

const names = [
  'where-is-my-order',
  'wrong-size',
  'defect-with-photo',
  'return-request',
  'invoice',
  'in-stock',
  'angry-and-impatient',
  'dispute-won-by-buyer',
  'dispute-won-by-shop',
  'burst-of-buyers',
  'foreign-buyer',
  'sticker-only',
  'photo-series',
  'message-after-finish',
  'market-notice',
  'direct-question',
]

test('the scenarios are listed, each with one line', async () => {
  const { scenarios } = await askLabFor<{ scenarios: { name: string; description: string }[] }>(
    market,
    'GET /scenarios',
  )
  expect(scenarios.map(({ name }) => name)).toEqual(names)
  expect(scenarios.every(({ description }) => /^[^\n]{10,120}\.$/.test(description))).toBe(true)
})

describe('a scenario says what it did, and comes to its end with a shop that answers', () => {
  test.each(names)('%s', async name => {
    const shop = await makeShop()
    const { scenario, chatIds, did } = await play(shop, name, 2)
    const begun = await Promise.all(chatIds.map(chatId => historyOf(shop, chatId)))
    for (let round = 0; round < 4; round++) {
      await later(45)
      for (const chatId of chatIds) await reply(shop, chatId, 'Здравствуйте! Разобрались, всё сделаем.')
    }
    await later(60)

    expect(scenario).toBe(name)
    expect(new Set(chatIds).size).toBe(name === 'burst-of-buyers' ? 20 : 1)
    expect(begun.map(messages => messages[0]?.sender)).toEqual(chatIds.map(() => 'CUSTOMER'))
    for (const chatId of chatIds) expect(did.join('\n')).toMatch(new RegExp(`opened chat ${chatId} and wrote`))
    const buyers = await listBuyers(market, shop)
    expect(buyers.map(({ state }) => state)).toEqual(chatIds.map(() => 'DONE'))
  })
})

test('the same seed plays the same scenario', async () => {
  const shops = [await makeShop(), await makeShop()]
  const told = await Promise.all(
    shops.map(async shop => {
      const { chatIds } = await play(shop, 'burst-of-buyers', 9)
      await later(30)
      return Promise.all(chatIds.map(async id => (await linesOf(shop, id)).map(line => line.replace(/\d{2,}/g, '№'))))
    }),
  )
  expect(told[1]).toEqual(told[0])
  expect(new Set(told[0]?.map(lines => lines.join())).size).toBeGreaterThan(10)
})

test('the chat of a message after the end was finished, and waits for the shop again', async () => {
  const shop = await makeShop()
  const { chatIds } = await play(shop, 'message-after-finish')
  const chatId = chatIds[0] ?? 0
  await reply(shop, chatId, 'Обменяем, ждём вас.')
  const statuses = new Set<string>()
  for (let second = 0; second < 50; second++) {
    await later(1)
    statuses.add(await statusOf(shop, chatId))
  }
  expect([...statuses]).toEqual(
    ['CHAT/WAITING_FOR_CUSTOMER', 'CHAT/WAITING_FOR_PARTNER', 'CHAT/FINISHED', 'CHAT/WAITING_FOR_PARTNER'].filter(
      (status, index, all) => all.indexOf(status) === index,
    ),
  )
  expect(await statusOf(shop, chatId)).toBe('CHAT/WAITING_FOR_PARTNER')
})

test.each([
  ['dispute-won-by-buyer', /в пользу покупателя/],
  ['dispute-won-by-shop', /в пользу магазина|в его пользу/],
])('%s ends with that verdict, also if the shop is silent', async (name, verdict) => {
  const shop = await makeShop()
  const { chatIds } = await play(shop, name)
  const chatId = chatIds[0] ?? 0
  await later(1800)

  const support = (await historyOf(shop, chatId)).filter(({ sender }) => sender === 'SUPPORT')
  expect(support.at(-1)?.message).toMatch(verdict)
  expect(await statusOf(shop, chatId)).toBe('ARBITRAGE/FINISHED')
})

test('an automatic message of the market leaves the chat waiting for the shop', async () => {
  const shop = await makeShop()
  const { chatIds, did } = await play(shop, 'market-notice')
  const senders = (await historyOf(shop, chatIds[0] ?? 0)).map(({ sender }) => sender)

  expect(senders).toEqual(['CUSTOMER', 'MARKET'])
  expect(did.at(-1)).toBe(`The market wrote in chat ${chatIds[0]}.`)
  expect(await statusOf(shop, chatIds[0] ?? 0)).toBe('CHAT/WAITING_FOR_PARTNER')
})

test('nothing is played that a business does not allow, or that is not there', async () => {
  const shop = await makeBusiness(market)
  const { businessId } = shop
  const direct = await askLab(market, 'POST /scenarios/direct-question', { businessId })
  const unknown = await askLab(market, 'POST /scenarios/constructor', { businessId })
  const nowhere = await askLab(market, 'POST /scenarios/invoice', { businessId: 77_000_003 })
  const bodiless = await askLab(market, 'POST /scenarios/invoice', {})

  expect(problemOf(direct)).toMatchObject({ status: 409, detail: expect.stringContaining('directMessages') })
  expect(problemOf(unknown)).toMatchObject({ status: 404, detail: expect.stringContaining('where-is-my-order') })
  expect([nowhere.status, bodiless.status]).toEqual([404, 400])
  expect(await listBuyers(market, shop)).toEqual([])
})
