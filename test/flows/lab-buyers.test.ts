import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { ensureDemo } from '#market'
import { askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { buyerOf, chatPath } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { advanceBy, askLab } from '../support/lab.ts'
import { type Buyer, historyOf, linesOf, listBuyers, pass, reply, sendBuyer, statusOf } from '../support/lab-buyers.ts'
import { useMarket } from '../support/test-market.ts'

const seed = 40
const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const market = useMarket({ lab: { seed }, clock })
const later = (seconds: number) => pass(clock, market.running, seconds)

async function findBuyer(shop: TestBusiness, buyerId: number): Promise<Buyer | undefined> {
  return (await listBuyers(market, shop)).find(buyer => buyer.buyerId === buyerId)
}

test('a patient buyer asks where the order is, and thanks for the answer', async () => {
  const shop = await makeBusiness(market)
  const buyer = await sendBuyer(market, shop, { persona: 'patient', intent: 'where-is-my-order' })
  const asked = await linesOf(shop, buyer.chatId)
  await later(60)
  const waiting = await linesOf(shop, buyer.chatId)
  await reply(shop, buyer.chatId, 'Здравствуйте! Заказ уже в пути, будет завтра.')
  const before = await statusOf(shop, buyer.chatId)
  await later(60)

  const lines = await linesOf(shop, buyer.chatId)
  expect(asked).toEqual([expect.stringMatching(/^CUSTOMER: .*(заказ|Посылка)/i)])
  expect(before).toBe('CHAT/WAITING_FOR_CUSTOMER')
  expect(lines[waiting.length + 1]).toMatch(/^CUSTOMER: .*(спасибо|благодарю)/i)
  expect(await findBuyer(shop, buyer.buyerId)).toMatchObject({ state: 'DONE' })
})

test('the chat is about an order of a customer of its own, with goods', async () => {
  const shop = await makeBusiness(market)
  const { chatId, customerName } = await sendBuyer(market, shop, { persona: 'terse', intent: 'wrong-size' })
  const { body } = await shop.call(`/chat?chatId=${chatId}`)
  const { context } = (body as { result: { context: { orderId: number } } }).result // the published answer
  const { order } = await askAdminFor<{ order: object }>(
    market,
    `GET /businesses/${shop.businessId}/orders/${context.orderId}`,
  )

  expect(context).toMatchObject({
    type: 'ORDER',
    campaignId: Number(shop.campaignId),
    customer: { name: customerName },
  })
  expect(order).toMatchObject({ fake: false, status: 'DELIVERED', items: [{ name: expect.any(String), count: 1 }] })
})

test('the same seed gives the same conversation, another one another', async () => {
  const shops = await Promise.all([1, 2, 3].map(() => makeBusiness(market)))
  const told = await Promise.all(
    shops.map(async (shop, index) => {
      const seed = index < 2 ? 11 : 12
      const { chatId, customerName } = await sendBuyer(market, shop, { persona: 'angry', intent: 'return', seed })
      return { shop, chatId, customerName }
    }),
  )
  const answers = ['Здравствуйте! Уточняем.', 'Какой у вас номер заказа?', 'Вернём деньги завтра.', 'Готово.']
  for (const answer of answers) {
    for (const { shop, chatId } of told) await reply(shop, chatId, answer)
    await later(300)
  }

  const [one, same, other] = await Promise.all(
    told.map(async ({ shop, chatId, customerName }) => {
      const lines = await linesOf(shop, chatId)
      return [customerName, ...lines].join('\n').replace(/\d{2,}/g, '№')
    }),
  )
  expect(one?.split('\n').length).toBeGreaterThan(8)
  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
})

test('buyers without a seed take one after another, from that of the lab', async () => {
  const shop = await makeBusiness(market)
  const wish = { persona: 'terse', intent: 'in-stock' }
  const together = await Promise.all([1, 2, 3].map(() => sendBuyer(market, shop, wish)))
  const given = await sendBuyer(market, shop, { ...wish, seed: 7 })
  const next = await sendBuyer(market, shop, wish)

  expect(together.map(buyer => buyer.seed).sort()).toEqual([seed, seed + 1, seed + 2])
  expect([given.seed, next.seed]).toEqual([7, seed + 4])
})

test('a buyer who hears nothing asks again, and says in the list when', async () => {
  const shop = await makeBusiness(market)
  const slow = await sendBuyer(market, shop, { persona: 'terse', intent: 'invoice', seed: 1 })
  const fast = await sendBuyer(market, shop, { persona: 'terse', intent: 'invoice', seed: 1, rate: 100 })
  const chatty = await sendBuyer(market, shop, { persona: 'photo-sender', intent: 'invoice', seed: 1 })
  const waitOf = ({ nextActAt = '' }: Buyer) => new Date(nextActAt).getTime() - clock.now().getTime()
  const [slowMs, fastMs] = [waitOf(slow), waitOf(fast)]
  await later(10)
  const lengths = [(await linesOf(shop, slow.chatId)).length, (await linesOf(shop, fast.chatId)).length]
  await later(180)

  expect(slow).toMatchObject({ state: 'WAITING_FOR_SHOP', step: 1 })
  expect(chatty).toMatchObject({ state: 'ACTING', step: 1 })
  expect(slowMs).toBeGreaterThan(90_000)
  expect(fastMs).toBeLessThan(2_000)
  expect(lengths).toEqual([1, 2])
  expect(await linesOf(shop, slow.chatId)).toHaveLength(2)
  expect(await findBuyer(shop, slow.buyerId)).toMatchObject({ state: 'WAITING_FOR_SHOP', step: 2 })
})

test('the clock of the lab moves buyers too', async () => {
  const shop = await makeBusiness(market)
  const { chatId } = await sendBuyer(market, shop, { persona: 'angry', intent: 'invoice' })
  await advanceBy(market, 3600)
  await market.running.market.labBuyers?.settled()

  expect(await linesOf(shop, chatId)).toHaveLength(4)
})

test('a photo that the shop asks for comes, and can be read', async () => {
  const shop = await makeBusiness(market)
  const { chatId } = await sendBuyer(market, shop, { persona: 'patient', intent: 'wrong-size' })
  await later(20)
  await reply(shop, chatId, 'Пришлите, пожалуйста, фото бирки')
  await later(20)

  const photo = (await historyOf(shop, chatId)).at(-1)?.payload?.[0]
  const bytes = await fetch(photo?.url ?? '', { headers: { 'api-key': shop.token } })
  expect(photo?.name).toBe('фото.png')
  expect([bytes.status, bytes.headers.get('content-type')]).toEqual([200, 'image/png'])
})

test('a disputing buyer opens a dispute, the arbiter asks the shop, decides and finishes it', async () => {
  const shop = await makeBusiness(market)
  const { chatId } = await sendBuyer(market, shop, { persona: 'disputing', intent: 'return' })
  const seen: string[] = []
  const see = async () => void seen.push(await statusOf(shop, chatId))
  await later(10)
  await reply(shop, chatId, 'Деньги будут через месяц.')
  await later(15)
  await see()
  await later(30)
  await see()
  await later(20)
  await see()
  await reply(shop, chatId, 'Возврат к нам не поступал.')
  await later(60)
  await see()

  const senders = (await historyOf(shop, chatId)).map(message => message.sender)
  expect(seen[0]).toBe('CHAT/WAITING_FOR_PARTNER')
  expect(seen.slice(1)).toEqual(expect.arrayContaining(['ARBITRAGE/WAITING_FOR_PARTNER', 'ARBITRAGE/FINISHED']))
  expect(seen.at(-1)).toBe('ARBITRAGE/FINISHED')
  expect(senders.filter(sender => sender === 'SUPPORT')).toHaveLength(2)
})

test('a buyer who was sent away says no more; the chat stays', async () => {
  const shop = await makeBusiness(market)
  const { buyerId, chatId } = await sendBuyer(market, shop, { persona: 'angry', intent: 'in-stock' })
  const gone = await askLab(market, `DELETE /buyers/${buyerId}`)
  await reply(shop, chatId, 'Есть.')
  await later(600)
  const again = await askLab(market, `DELETE /buyers/${buyerId}`)

  expect([gone.status, again.status]).toEqual([204, 404])
  expect(await linesOf(shop, chatId)).toHaveLength(2)
  expect(await listBuyers(market, shop)).toEqual([])
})

test('a person may speak for the customer in between; the buyer goes on all the same', async () => {
  const shop = await makeBusiness(market)
  const { chatId, buyerId } = await sendBuyer(market, shop, { persona: 'terse', intent: 'return' })
  const [row] = await market.sql<{ publicId: string }[]>`
    select public_id as "publicId" from market.customers where public_id like 'lab-buyer-%' order by customer_id desc limit 1`
  const { token } = await askAdminFor<{ token: string }>(market, `POST /customers/${row?.publicId}/tokens`)
  await buyerOf(market, row?.publicId ?? '', token).ask(`POST ${chatPath(shop, chatId)}/messages`, {
    text: 'Я передумал',
  })
  await reply(shop, chatId, 'Хорошо.')
  await later(30)

  expect(await linesOf(shop, chatId)).toHaveLength(4)
  expect(await findBuyer(shop, buyerId)).toMatchObject({ state: 'DONE' })
})

test('an order that is there is asked about by its customer, once at a time', async () => {
  const shop = await makeBusiness(market)
  const orderId = await shop.makeOrder()
  const wish = { businessId: shop.businessId, persona: 'terse', intent: 'invoice', orderId }
  const first = await sendBuyer(market, shop, { ...wish, seed: 3 })
  const second = await askLab(market, 'POST /buyers', wish)
  await reply(shop, first.chatId, 'Выслали.')
  await later(30)
  const third = await sendBuyer(market, shop, { ...wish, seed: 3 })

  expect(first.customerName).toBe(shop.customer.name)
  expect(problemOf(second)).toMatchObject({ status: 409, detail: expect.stringContaining(`chat ${first.chatId}`) })
  const lines = await linesOf(shop, third.chatId)
  expect(third.chatId).toBe(first.chatId)
  expect(lines).toHaveLength(4)
  expect(lines[3]).toBe(lines[0])
})

test('what cannot be played is refused with what to do', async () => {
  const shop = await makeBusiness(market)
  const businessId = 77_000_001
  await askAdminFor(market, 'POST /businesses', { businessId, name: 'Без магазинов' })
  const wish = { businessId: shop.businessId, persona: 'patient', intent: 'return' }
  const refused: [body: object, status: number, word: string][] = [
    [{ ...wish, businessId }, 409, 'campaigns'],
    [{ ...wish, businessId: 77_000_002 }, 404, 'create it first'],
    [{ ...wish, orderId: 5 }, 404, 'put the order first'],
    [{ ...wish, orderId: 5, isTestChat: true }, 400, 'errors'],
    [{ ...wish, persona: "'; drop table market.chats; --" }, 400, 'errors'],
    [{ ...wish, intent: '../../etc/passwd' }, 400, 'errors'],
    [{ ...wish, rate: 0 }, 400, 'errors'],
    [{ ...wish, rate: 101 }, 400, 'errors'],
    [{ ...wish, rate: 'fast' }, 400, 'errors'],
    [{ ...wish, seed: -1 }, 400, 'errors'],
    [{ ...wish, seed: 2 ** 31 }, 400, 'errors'],
  ]
  for (const [body, status, word] of refused) {
    const problem = problemOf(await askLab(market, 'POST /buyers', body))
    expect([body, problem.status, problem.detail]).toEqual([body, status, expect.stringContaining(word)])
  }
  const stranger = await ask(`${market.url}/lab/v1/buyers`, { method: 'POST', json: wish })
  expect(stranger.status).toBe(401)
  expect(await listBuyers(market, shop)).toEqual([])
  const unknown = await askLab(market, 'GET /buyers?businessId=77000002')
  expect(unknown.status).toBe(404)
})

test('personas and intents are listed, each with what it is', async () => {
  const { body } = await askLab(market, 'GET /personas')
  const { personas, intents } = body as Record<'personas' | 'intents', { name: string; description: string }[]> // as declared
  expect(personas.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['patient', 'angry', 'terse', 'photo-sender', 'sticker-sender', 'foreign', 'disputing']),
  )
  expect(intents).toHaveLength(6)
  expect([...personas, ...intents].every(({ description }) => description.endsWith('.'))).toBe(true)
})

test('a buyer of the demo thanks when the developer answers in the chat that is printed', async () => {
  const demo = await ensureDemo(market.running.market)
  const again = await ensureDemo(market.running.market)
  const headers = { 'api-key': demo.apiKey }
  const at = `${market.url}/v2/businesses/${demo.businessId}/chats`
  const query = `chatId=${demo.customer.chatId}`
  const read = () => ask(`${at}/history?${query}&limit=50`, { method: 'POST', headers, json: {} })
  const before = await read()
  await later(900)
  const silent = await read()
  const json = { message: 'Здравствуйте! Заказ уже в пути, будет завтра.' }
  await ask(`${at}/message?${query}`, { method: 'POST', headers, json })
  await later(60)
  const after = await read()

  const messages = ({ body }: typeof after) => (body as { result: { messages: { message: string }[] } }).result.messages // as published
  expect(again.customer.chatId).toBe(demo.customer.chatId)
  expect(messages(silent)).toEqual(messages(before))
  expect(messages(after)[messages(before).length + 1]?.message).toMatch(/спасибо|благодарю/i)
})
