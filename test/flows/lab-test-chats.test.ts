import { beforeAll, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { advanceBy, askLab } from '../support/lab.ts'
import { linesOf, listBuyers, pass, reply, sendBuyer } from '../support/lab-buyers.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const market = useMarket({ lab: { seed: 1 }, clock })
const later = (seconds: number) => pass(clock, market.running, seconds)

const wish = { persona: 'patient', intent: 'return', isTestChat: true }
let shop: TestBusiness
let chatId: number

const setAnswer = (testChatsAnswer: boolean) =>
  askAdminFor<{ business: object }>(market, `PATCH /businesses/${shop.businessId}`, { testChatsAnswer })
const openTestChat = async () => {
  const admin = `/businesses/${shop.businessId}/test-orders` as const
  const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${admin}`, {
    campaignId: shop.campaignId,
  })
  const opened = await askAdminFor<{ chatId: number }>(market, `POST ${admin}/${order.orderId}/chat`)
  return opened.chatId
}

beforeAll(async () => {
  shop = await makeBusiness(market)
  chatId = await openTestChat()
})

test('in a test chat nobody answers, and no buyer may be sent, as long as the business does not let them', async () => {
  const { business } = await askAdminFor<{ business: object }>(market, `GET /businesses/${shop.businessId}`)
  const refused = await askLab(market, 'POST /buyers', { businessId: shop.businessId, ...wish })
  await reply(shop, chatId, 'Здравствуйте!')
  await later(600)

  expect(business).toMatchObject({ testChatsAnswer: false })
  expect(problemOf(refused)).toMatchObject({ status: 409, detail: expect.stringContaining('testChatsAnswer') })
  expect(await linesOf(shop, chatId)).toEqual(['PARTNER: Здравствуйте!'])
  expect(await listBuyers(market, shop)).toEqual([])
})

test('when the business lets them, one patient buyer answers in each, also to what was written before', async () => {
  const { business } = await setAnswer(true)
  await later(60)
  const earlier = await linesOf(shop, chatId)
  const other = await openTestChat()
  await reply(shop, other, 'Здравствуйте! Всё ли в порядке с заказом?')
  await reply(shop, other, 'Ждём ответа.')
  await later(60)
  const buyer = await sendBuyer(market, shop, wish)

  expect(business).toMatchObject({ testChatsAnswer: true })
  expect(earlier).toEqual(['PARTNER: Здравствуйте!', expect.stringContaining('CUSTOMER: ')].concat(earlier.slice(2)))
  expect((await linesOf(shop, other)).slice(2)).toEqual([expect.stringContaining('CUSTOMER: ')])
  expect(await linesOf(shop, buyer.chatId)).toHaveLength(1)
  expect(await listBuyers(market, shop)).toHaveLength(3)
})

test('when it lets them no more, they fall silent until it does again', async () => {
  const buyer = await sendBuyer(market, shop, { ...wish, seed: 1 })
  await setAnswer(false)
  await reply(shop, buyer.chatId, 'Оформите в приложении.')
  await later(900)
  const silent = await linesOf(shop, buyer.chatId)
  await setAnswer(true)
  await later(60)

  const length = silent.length
  expect(silent.at(-1)).toBe('PARTNER: Оформите в приложении.')
  expect((await linesOf(shop, buyer.chatId)).length).toBeGreaterThan(length)
})

test('a buyer whose chat is gone with its test order has nothing more to say', async () => {
  const shop = await makeBusiness(market)
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { testChatsAnswer: true })
  await sendBuyer(market, shop, { persona: 'terse', intent: 'return', isTestChat: true })
  await advanceBy(market, 11 * 24 * 60 * 60)
  await market.running.market.labBuyers?.reload()
  await market.running.market.labBuyers?.settled()

  expect((await listBuyers(market, shop)).map(buyer => buyer.state)).toEqual(['DONE'])
})
