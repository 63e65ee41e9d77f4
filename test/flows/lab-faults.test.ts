import { expect, test } from 'vitest'
import { type ChatId, operations } from '#contract'
import { makeManualClock } from '#kit'
import { askAdmin } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask, type Reply } from '../support/http.ts'
import { advanceBy, askLab, askLabFor } from '../support/lab.ts'
import { brief, envelope, makeForm } from '../support/published-calls.ts'
import { openConnection, spellHead } from '../support/raw-http.ts'
import { makeReceiver } from '../support/receiver.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const market = useMarket({ lab: { seed: 1 }, clock, isHourlyLifted: false })

type Fault = { faultId: number; used: number; isOver: boolean; endsAt: string }

async function makeFault(shop: TestBusiness, wish: object): Promise<Fault> {
  const { fault } = await askLabFor<{ fault: Fault }>(market, 'POST /faults', { businessId: shop.businessId, ...wish })
  return fault
}

async function readFault({ faultId }: Fault): Promise<Fault | undefined> {
  const { faults } = await askLabFor<{ faults: Fault[] }>(market, 'GET /faults')
  return faults.find(fault => fault.faultId === faultId)
}

const write = (shop: TestBusiness, chatId: ChatId, message: string) =>
  shop.call(`/chats/message?chatId=${chatId}`, { message })

async function textsOf(shop: TestBusiness, chatId: ChatId): Promise<string[]> {
  const { body } = await shop.call(`/chats/history?chatId=${chatId}`, {})
  return (body as { result: { messages: { message: string }[] } }).result.messages.map(({ message }) => message)
}

const limitsOf = ({ headers }: Reply) =>
  ['limit', 'remaining', 'until'].map(name => headers.get(`x-ratelimit-resource-${name}`))

const callToken = ({ token }: TestBusiness) =>
  ask(`${market.url}${operations.getAuthTokenInfo.path}`, { method: 'POST', headers: { 'api-key': token } })

test('answer-420 is to the letter what a spent hour is, and takes nothing from the real one', async () => {
  const [spent, shop] = [await makeBusiness(market), await makeBusiness(market)]
  for (let call = 0; call < 100; call++) await callToken(spent)
  const really = await callToken(spent)
  await makeFault(shop, { target: 'api', fault: 'answer-420', budget: 3 })

  const pretended = [await callToken(shop), await callToken(shop), await callToken(shop)]
  const after = await callToken(shop)

  const sameWords = really.text.replaceAll(`${spent.businessId}`, `${shop.businessId}`)
  const headersOf = ({ headers }: Reply) => [...headers.keys()].sort()
  expect(pretended.map(brief)).toEqual(pretended.map(() => ({ status: 420, text: sameWords })))
  expect(pretended.map(limitsOf)).toEqual(pretended.map(() => limitsOf(really)))
  expect(pretended.map(headersOf)).toEqual(pretended.map(() => headersOf(really)))
  expect([after.status, limitsOf(after)[1]]).toEqual([200, '99'])
})

test.each([
  { fault: 'answer-500', status: 500, words: envelope('INTERNAL_ERROR', 'Internal server error') },
  {
    fault: 'answer-503',
    status: 503,
    words: envelope('SERVICE_UNAVAILABLE', 'Service temporarily unavailable. Please, try again later'),
  },
])('$fault answers in the published words, before any effect, and costs nothing', async ({ fault, status, words }) => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await write(shop, chatId, 'первое')
  await makeFault(shop, { target: 'api', fault, budget: 1, operation: 'sendMessageToChat' })

  const other = await shop.call(`/chat?chatId=${chatId}`)
  const struck = await write(shop, chatId, 'второе')
  const after = await write(shop, chatId, 'третье')

  expect(other.status).toBe(200)
  expect(brief(struck)).toEqual({ status, text: words })
  expect(limitsOf(after)[1]).toBe('998')
  expect(await textsOf(shop, chatId)).toEqual(['первое', 'третье'])
})

test('an upload that is answered 500 leaves the connection fit for the next one', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const url = `${market.url}/v2/businesses/${shop.businessId}/chats/file/send?chatId=${chatId}`
  const upload = () =>
    ask(url, {
      method: 'POST',
      headers: { 'api-key': shop.token },
      body: makeForm(new Uint8Array(3_000_000)),
    })
  await makeFault(shop, { target: 'api', fault: 'answer-500', budget: 2 })

  const statuses = [(await upload()).status, (await upload()).status, (await upload()).status]

  expect(statuses).toEqual([500, 500, 200])
})

test('a request that is delayed is done when the clock has passed the delay', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const fault = await makeFault(shop, { target: 'api', fault: 'delay', delayMs: 3_000, operation: 'sendMessageToChat' })

  const writing = write(shop, chatId, 'позже')
  await expect.poll(async () => (await readFault(fault))?.used).toBe(1)
  const before = await textsOf(shop, chatId)
  await advanceBy(market, 3)

  expect((await writing).status).toBe(200)
  expect([before, await textsOf(shop, chatId)]).toEqual([[], ['позже']])
})

test('where the connection is dropped there is no answer, and the effect is there exactly once', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await makeFault(shop, { target: 'api', fault: 'drop-connection', budget: 1 })
  const connection = await openConnection(market.url)
  const body = JSON.stringify({ message: 'дошло?' })
  const headers = {
    'api-key': shop.token,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }

  const path = `/v2/businesses/${shop.businessId}/chats/message?chatId=${chatId}`
  connection.socket.write(`${spellHead('POST', path, headers)}${body}`)
  const said = await connection.closed

  expect(said).toBe('')
  expect(await textsOf(shop, chatId)).toEqual(['дошло?'])
})

test('a fault ends with its time, and when it is deleted, one or all', async () => {
  const shop = await makeBusiness(market)
  const one = await makeFault(shop, { target: 'api', fault: 'answer-500', forSeconds: 60 })
  const read = () => shop.call('/chats', {}).then(reply => reply.status)

  const during = await read()
  await advanceBy(market, 60)
  const over = [await read(), (await readFault(one))?.isOver]
  const two = await makeFault(shop, { target: 'api', fault: 'answer-500' })
  const again = await read()
  const deleted = await askLab(market, `DELETE /faults/${two.faultId}`)
  const missing = await askLab(market, `DELETE /faults/${two.faultId}`)
  const after = await read()
  await makeFault(shop, { target: 'api', fault: 'answer-503' })
  const third = await read()
  await askLabFor(market, 'DELETE /faults')
  const { faults } = await askLabFor<{ faults: Fault[] }>(market, 'GET /faults')

  expect([during, over, again, after, third, await read()]).toEqual([500, [200, true], 500, 200, 503, 200])
  expect([deleted.status, missing.status, faults]).toEqual([204, 404, []])
})

test('a fault of one business leaves the others alone', async () => {
  const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
  await makeFault(one, { target: 'api', fault: 'answer-500' })

  expect([(await one.call('/chats', {})).status, (await two.call('/chats', {})).status]).toEqual([500, 200])
})

test.each([
  [{ target: 'api', fault: 'drop' }, 'fault'],
  [{ target: 'file', fault: 'answer-500' }, 'fault'],
  [{ target: 'weather', fault: 'delay' }, 'target'],
  [{ target: 'notification', fault: 'delay', operation: 'getChats' }, 'operation'],
  [{ target: 'api', fault: 'answer-500', delayMs: 5 }, 'delayMs'],
  [{ target: 'api', fault: 'delay', operation: '/v2/campaigns' }, 'operation'],
  [{ target: 'api', fault: 'delay', probability: 1.1 }, 'probability'],
  [{ target: 'api', fault: 'delay', probability: '1' }, 'probability'],
  [{ target: 'api', fault: 'delay', budget: 0 }, 'budget'],
  [{ target: 'api', fault: 'delay', forSeconds: 1e9 }, 'forSeconds'],
  [{ fault: 'delay' }, 'target'],
])('%j is refused and told by %s', async (wish, at) => {
  const reply = await askLab(market, 'POST /faults', wish)

  expect(reply.body).toMatchObject({ status: 400, errors: [{ at }] })
})

/** A business with a chat, and a shop that is told of its messages. */
async function makeTold() {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, { url: receiver.url, types: ['message_sent'] })
  const settled = () => market.running.market.deliverer.settled()
  const tell = async (message: string) => {
    await write(shop, chatId, message)
    await settled()
  }
  /** The texts of the messages that the shop was told of, in the order in which it was. */
  const told = async () => {
    const { body } = await shop.call(`/chats/history?chatId=${chatId}`, {})
    const { messages } = (body as { result: { messages: { messageId: number; message: string }[] } }).result // as published
    const textOf = new Map(messages.map(({ messageId, message }) => [`${messageId}`, message]))
    return receiver.arrivals.map(({ body }) => textOf.get(body.messageId ?? ''))
  }
  const states = async () => (await readDeliveries(market.sql, shop)).map(({ state }) => state)
  return { shop, receiver, tell, told, settled, states }
}

test('a notification that is dropped counts as delivered and never comes; a PING is not touched', async () => {
  const { shop, receiver, tell, told, states } = await makeTold()
  await makeFault(shop, { target: 'notification', fault: 'drop', budget: 1 })
  const subscription = { name: 'CRM', url: receiver.url, types: ['CHAT_CREATED'] }
  const pinged = await askAdmin(market, `POST /businesses/${shop.businessId}/subscriptions`, subscription)

  await tell('пропало')
  await tell('дошло')

  expect(pinged.status).toBe(201)
  expect(receiver.arrivals.shift()?.body).toMatchObject({ notificationType: 'PING' })
  expect([await told(), await states()]).toEqual([['дошло'], ['delivered', 'delivered']])
})

test('a notification that is duplicated comes twice, with the same id and the same words', async () => {
  const { shop, receiver, tell, told, states } = await makeTold()
  await makeFault(shop, { target: 'notification', fault: 'duplicate', budget: 1 })

  await tell('дважды')
  await tell('однажды')

  expect(await told()).toEqual(['дважды', 'дважды', 'однажды'])
  const [first, second] = receiver.arrivals
  expect([second?.headers['webhook-id'], second?.text]).toEqual([first?.headers['webhook-id'], first?.text])
  expect(await states()).toEqual(['delivered', 'delivered'])
})

test('a notification whose answer is lost comes again a minute later, with the same id, and what follows waits for it', async () => {
  const { shop, receiver, tell, told, settled, states } = await makeTold()
  await makeFault(shop, { target: 'notification', fault: 'drop-answer', budget: 1 })

  await tell('принято')
  await tell('потом')
  const [heard, waiting] = [await told(), await states()]
  await advanceBy(market, 120)
  await receiver.arrived(3)
  await settled()

  expect([heard, waiting]).toEqual([['принято'], ['waiting', 'waiting']])
  expect([await told(), await states()]).toEqual([
    ['принято', 'принято', 'потом'],
    ['delivered', 'delivered'],
  ])
  const [first, second] = receiver.arrivals
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
})

test('a notification that is reordered comes after the next one', async () => {
  const { shop, tell, told } = await makeTold()
  await makeFault(shop, { target: 'notification', fault: 'reorder', budget: 1 })

  await tell('первое')
  const alone = await told()
  await tell('второе')
  await tell('третье')
  await advanceBy(market, 10)

  expect([alone, await told()]).toEqual([[], ['второе', 'первое', 'третье']])
})

test('a notification that is reordered with nothing after it comes in five seconds', async () => {
  const { shop, receiver, tell, told } = await makeTold()
  await makeFault(shop, { target: 'notification', fault: 'reorder', budget: 1 })

  await tell('единственное')
  await advanceBy(market, 4)
  const early = await told()
  await advanceBy(market, 1)
  await receiver.arrived(1)

  expect([early, await told()]).toEqual([[], ['единственное']])
})

test('a notification that is delayed comes when the clock has passed the delay', async () => {
  const { shop, receiver, told, settled, states } = await makeTold()
  const fault = await makeFault(shop, { target: 'notification', fault: 'delay', delayMs: 30_000, budget: 1 })
  const [chat] = (await shop.call('/chats', {}).then(({ body }) => body as Chats)).result.chats
  await write(shop, BigInt(chat?.chatId ?? 0) as ChatId, 'не сразу')
  await expect.poll(async () => (await readFault(fault))?.used).toBe(1)

  await advanceBy(market, 29)
  const early = await told()
  await advanceBy(market, 1)
  await receiver.arrived(1)
  await settled()

  expect([early, await told(), await states()]).toEqual([[], ['не сразу'], ['delivered']])
})

type Chats = { result: { chats: { chatId: number }[] } }

test('a link to a file that has expired is refused to whoever could read it, and works again when the fault is over', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const path = await openOrderChat(buyer, shop, await shop.makeOrder())
  await buyer.sendFile(path, new TextEncoder().encode('чек'))
  const { body } = await shop.call(`/chats/history?chatId=${path.split('/').at(-1)}`, {})
  const { messages } = (body as { result: { messages: { payload: { url: string }[] }[] } }).result // as published
  const url = messages[0]?.payload[0]?.url ?? ''
  await makeFault(shop, { target: 'file', fault: 'url-expired', budget: 1 })
  const read = (token: string) => ask(url, { headers: { 'api-key': token } })

  const stranger = await read((await makeBusiness(market)).token)
  const expired = await read(shop.token)
  const after = await read(shop.token)

  expect(brief(stranger)).toEqual({ status: 403, text: envelope('FORBIDDEN', 'Access denied') })
  expect(brief(expired)).toEqual({
    status: 403,
    text: envelope('FORBIDDEN', 'The link to the file has expired: read the message again for a new one'),
  })
  expect(brief(after)).toEqual({ status: 200, text: 'чек' })
})
