import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { chatPath, makeBuyer } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { makeReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const clock = makeManualClock(new Date('2026-03-01T09:00:30Z'))
const market = useMarket({ clock })

type Chat = {
  chatId: number
  isTest: boolean
  customerName: string
  type: string
  status: string
  lastMessage?: object
}
type Page = { chats: Chat[]; nextPageToken?: string }
type Message = { messageId: number; sender: string; kind: string; text?: string; createdAt: string }

const chatsOf = ({ businessId }: Pick<TestBusiness, 'businessId'>, query = '') =>
  askAdminFor<Page>(market, `GET /businesses/${businessId}/chats?${query}`)
const idsOf = ({ chats }: Page) => chats.map(({ chatId }) => BigInt(chatId))

async function say(shop: TestBusiness, chatId: bigint, text: string): Promise<void> {
  clock.advance(1_000)
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/customer-messages`, { text })
}

/** A chat of another customer of the shop. */
async function makeChatOf(shop: TestBusiness, publicId: string, name: string): Promise<bigint> {
  await askAdminFor(market, `PUT /customers/${publicId}`, { name })
  const orderId = BigInt(Math.floor(clock.now().getTime() / 1000)) + shop.businessId
  const order = { campaignId: shop.campaignId, customerPublicId: publicId }
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/orders/${orderId}`, order)
  clock.advance(1_000)
  const reply = await shop.call('/chats/new', { orderId })
  return BigInt((reply.body as { result: { chatId: number } }).result.chatId) // the published answer
}

async function makeTestChat(shop: TestBusiness): Promise<bigint> {
  const path = `/businesses/${shop.businessId}/test-orders` as const
  const { order } = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${path}`, {
    campaignId: shop.campaignId,
  })
  const { chatId } = await askAdminFor<{ chatId: number }>(market, `POST ${path}/${order.orderId}/chat`)
  return BigInt(chatId)
}

test('chats are listed as the market sees them, the newest message first, with how it begins', async () => {
  const shop = await makeBusiness(market)
  const [first, second] = [await shop.makeChat(), await shop.makeChat()]
  await say(shop, first, 'Я'.repeat(300))

  const { chats } = await chatsOf(shop)
  const one = await askAdmin(market, `GET ${chatPath(shop, first)}`)

  expect(chats).toMatchObject([
    {
      chatId: Number(first),
      businessId: Number(shop.businessId),
      customerPublicId: shop.customer.publicId,
      customerName: 'Анна',
      isTest: false,
      status: 'WAITING_FOR_PARTNER',
      lastMessage: { sender: 'CUSTOMER', kind: 'text', text: 'Я'.repeat(200), createdAt: clock.now().toISOString() },
    },
    { chatId: Number(second), status: 'NEW' },
  ])
  expect(chats[1]).not.toHaveProperty('lastMessage')
  expect(one.body).toEqual({ chat: chats[0] })
})

test('chats are found by state, kind, number and name, and walked page by page, each once', async () => {
  const shop = await makeBusiness(market)
  const other = await makeBusiness(market)
  await other.makeChat()
  const orderId = await shop.makeOrder()
  const opened = await shop.call('/chats/new', { orderId })
  const anna = BigInt((opened.body as { result: { chatId: number } }).result.chatId) // the published answer
  const boris = await makeChatOf(shop, `boris-${shop.businessId}`, 'Борис %_Ё')
  const fake = await makeTestChat(shop)
  await say(shop, boris, 'Где заказ?')
  await askAdminFor(market, `POST ${chatPath(shop, anna)}/dispute`, { reason: 'Разбито' })

  const found = async (query: string) => idsOf(await chatsOf(shop, query))
  const pages = [await chatsOf(shop, 'limit=1')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await chatsOf(shop, `limit=1&pageToken=${token}`))

  expect(pages.flatMap(idsOf).sort()).toEqual([anna, boris, fake].sort())
  expect(await found('status=WAITING_FOR_PARTNER')).toEqual([boris])
  expect(await found('type=ARBITRAGE')).toEqual([anna])
  expect(await found('type=ARBITRAGE&isFinished=false')).toEqual([anna])
  expect(await found('isFinished=true')).toEqual([])
  expect((await found('isFinished=false')).sort()).toEqual([anna, boris, fake].sort())
  expect(await found('isTest=true')).toEqual([fake])
  expect((await found('isTest=false')).sort()).toEqual([anna, boris].sort())
  expect(await found(`text=${anna}`)).toEqual([anna])
  expect(await found(`text=${orderId}`)).toEqual([anna])
  expect(await found(`text=${encodeURIComponent('борис %_ё')}`)).toEqual([boris])
  expect(await found(`text=${encodeURIComponent('орис')}`)).toEqual([])
  expect(await found('text=%25')).toEqual([])
  expect(await found('text=2')).toEqual([])

  await askAdminFor(market, `POST ${chatPath(shop, boris)}/close`)
  expect(await found('isFinished=true')).toEqual([boris])
  expect((await found('isFinished=false')).sort()).toEqual([anna, fake].sort())
  expect(await found(`text=${boris}&isFinished=false`)).toEqual([])
})

test('an act without a message leaves the time of a chat and its last message as they are', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await say(shop, chatId, 'Спасибо')
  const read = () => askAdminFor<{ chat: Chat }>(market, `GET ${chatPath(shop, chatId)}`)
  const { chat } = await read()
  clock.advance(1_000)

  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/close`)

  expect(await read()).toEqual({ chat: { ...chat, status: 'FINISHED' } })
})

test('a page token is good for its own list and filter alone', async () => {
  const shop = await makeBusiness(market)
  await shop.makeChat()
  await shop.makeChat()
  const { nextPageToken } = await chatsOf(shop, 'limit=1&isTest=false')

  const elsewhere = await askAdmin(
    market,
    `GET /businesses/${shop.businessId}/chats?limit=1&pageToken=${nextPageToken}`,
  )

  expect(elsewhere.body).toMatchObject({ status: 400, errors: [{ at: 'pageToken' }] })
})

test('whoever looks for few chats among very many finds all of them, page by page', async () => {
  const shop = await makeBusiness(market)
  await shop.makeChat()
  await market.sql`
    insert into market.chats (lane, business_id, chat_id, context_type, context_id, order_id, customer_id, fake, type, status,
                              created_at, updated_at, changed_at, changed_in, last_message_id)
    select lane, business_id, -i, 'order', -i, -i, customer_id, i % 20000 <> 1, 'chat', 'new',
           created_at, at, at, changed_in, 0
      from market.chats, lateral (select i, ${clock.now()}::timestamptz - make_interval(secs => i) as at from generate_series(1, 45000) i) made
     where business_id = ${shop.businessId}`

  const pages = [await chatsOf(shop, 'isTest=false')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await chatsOf(shop, `isTest=false&pageToken=${token}`))

  expect(pages.flatMap(idsOf)).toEqual([expect.anything(), -1n, -20_001n, -40_001n])
  expect(pages.length).toBeGreaterThan(1)
})

test('messages are read from the newest back, oldest of a page first', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  for (const text of ['1', '2', '3', '4', '5']) await say(shop, chatId, text)
  type Read = { messages: Message[]; before?: number }
  const read = (query: string) => askAdminFor<Read>(market, `GET ${chatPath(shop, chatId)}/messages?${query}`)

  const pages = [await read('limit=2')]
  for (let before = pages[0]?.before; before; before = pages.at(-1)?.before)
    pages.push(await read(`limit=2&before=${before}`))

  expect(pages.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['4', '5'], ['2', '3'], ['1']])
  expect(pages.at(-1)).not.toHaveProperty('before')
})

test('the published answers are what the shop gets, letter for letter', async () => {
  const shop = await makeBusiness(market)
  const big = 9223372036854775807n
  await shop.makeOrder(big)
  const opened = await shop.call('/chats/new', { orderId: big })
  const { chatId } = (opened.body as { result: { chatId: number } }).result // the published answer
  await say(shop, BigInt(chatId), 'Кавычка " и \\ и \u2028')
  const chat = await shop.call(`/chat?chatId=${chatId}`)
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})

  const read = await askAdmin(market, `GET ${chatPath(shop, chatId)}/published`)

  expect(read.body).toMatchObject({
    answers: [
      { name: 'getChat', method: 'GET', path: `/v2/businesses/${shop.businessId}/chat?chatId=${chatId}` },
      {
        name: 'getChatHistory',
        method: 'POST',
        path: `/v2/businesses/${shop.businessId}/chats/history?chatId=${chatId}`,
      },
    ],
  })
  expect(read.text).toContain(`"body":${chat.text}`)
  expect(read.text).toContain(`"body":${history.text}`)
  expect(chat.text).toContain(`${big}`)
})

test("the chat's customer can be spoken for: text, sticker, file, dispute; the shop is told as ever", async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const receiver = await makeReceiver()
  await subscribe(market.sql, shop, receiver)
  const chatId = await shop.makeChat()
  const path = chatPath(shop, chatId)
  const form = new FormData()
  form.set('file', new Blob(['чек']), 'чек.txt')

  const replies = [
    await askAdmin(market, `POST ${path}/customer-messages`, { text: 'Где заказ?' }),
    await askAdmin(market, `POST ${path}/customer-stickers`, { sticker: 'sad' }),
    await ask(`${market.url}/admin/v1${path}/customer-files`, {
      ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${market.adminToken}` } },
    }),
    await askAdmin(market, `POST ${path}/dispute`, { reason: 'Не привезли' }),
    await askAdmin(market, `POST ${path}/dispute`, { reason: 'Ещё раз' }),
    await askAdmin(market, `POST ${path}/customer-stickers`, { sticker: 'нет такого' }),
  ]
  await market.running.market.deliverer.settled()
  const seen = await buyer.ask(`GET ${path}/messages`)
  const chat = await askAdmin(market, `GET ${path}`)

  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 409, 400])
  expect(seen.body).toMatchObject({
    messages: [
      { sender: 'CUSTOMER', kind: 'text', text: 'Где заказ?' },
      { sender: 'CUSTOMER', kind: 'sticker', sticker: 'sad' },
      { sender: 'CUSTOMER', kind: 'file', file: { name: 'чек.txt' } },
      { sender: 'CUSTOMER', kind: 'text', text: 'Не привезли' },
    ],
  })
  expect(replies.slice(0, 4).map(({ body }) => (body as { message: Message }).message)).toEqual(
    (seen.body as { messages: Message[] }).messages,
  )
  expect(chat.body).toMatchObject({ chat: { type: 'ARBITRAGE', status: 'WAITING_FOR_ARBITER' } })
  expect(receiver.arrivals.map(({ body }) => body.notificationType).sort()).toEqual([
    'CHAT_ARBITRAGE_STARTED',
    'CHAT_CREATED',
    'CHAT_MESSAGE_SENT',
    'CHAT_MESSAGE_SENT',
    'CHAT_MESSAGE_SENT',
  ])
})

test('nobody is spoken for in a test chat, unless the business lets buyers answer there', async () => {
  const shop = await makeBusiness(market)
  const path = chatPath(shop, await makeTestChat(shop))
  const act = () => askAdmin(market, `POST ${path}/customer-messages`, { text: 'Спасибо' })

  const before = await act()
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { testChatsAnswer: true })
  const after = [await act(), await askAdmin(market, `POST ${path}/dispute`, { reason: 'Проба' })]

  expect(before.body).toMatchObject({ status: 409, detail: expect.stringContaining('test chat') })
  expect(after.map(({ status }) => status)).toEqual([201, 201])
})

test('what is of another business is not there', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  const path = chatPath(other, await shop.makeChat())

  const replies = [
    await askAdmin(market, `GET ${path}`),
    await askAdmin(market, `GET ${path}/messages`),
    await askAdmin(market, `GET ${path}/published`),
    await askAdmin(market, `POST ${path}/customer-messages`, { text: 'Чужой' }),
    await askAdmin(market, `POST ${path}/customer-stickers`, { sticker: 'ok' }),
    await askAdmin(market, `POST ${path}/dispute`, { reason: 'Чужой' }),
    await askAdmin(market, 'GET /businesses/999999999/chats'),
    await askAdmin(market, 'GET /businesses/999999999/overview'),
  ]

  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 404))
})

test('orders are listed newest first, test orders apart, each once', async () => {
  const shop = await makeBusiness(market)
  const orders = []
  for (let index = 0; index < 3; index++) {
    orders.push(Number(await shop.makeOrder()))
    clock.advance(1_000)
  }
  const path = `/businesses/${shop.businessId}` as const
  const made = await askAdminFor<{ order: { orderId: number } }>(market, `POST ${path}/test-orders`, {
    campaignId: shop.campaignId,
  })
  type Orders = { orders: { orderId: number; customerPublicId: string }[]; nextPageToken?: string }
  const list = (query: string) => askAdminFor<Orders>(market, `GET ${path}/orders?${query}`)
  const ids = ({ orders }: Orders) => orders.map(({ orderId }) => orderId)

  const pages = [await list('limit=2')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await list(`limit=2&pageToken=${token}`))
  const one = await askAdminFor(market, `GET ${path}/orders/${orders[0]}`)

  const newestFirst = [made.order.orderId, ...orders.toReversed()]
  expect(pages.map(ids)).toEqual([newestFirst.slice(0, 2), newestFirst.slice(2)])
  expect(ids(await list('isTest=true'))).toEqual([made.order.orderId])
  expect(ids(await list('isTest=false'))).toEqual(orders.toReversed())
  expect({ order: pages.at(-1)?.orders.at(-1) }).toEqual(one)
})

test('customers who have chats with a business are listed once each, with how many', async () => {
  const [shop, other] = [await makeBusiness(market), await makeBusiness(market)]
  await other.makeChat()
  await shop.makeChat()
  await shop.makeChat()
  await makeChatOf(shop, `one-${shop.businessId}`, 'Один')
  await makeChatOf(shop, `two-${shop.businessId}`, 'Два')
  type Customers = { customers: { publicId: string; name: string; chats: number }[]; nextPageToken?: string }
  const list = (query: string) =>
    askAdminFor<Customers>(market, `GET /businesses/${shop.businessId}/customers?${query}`)

  const pages = [await list('limit=2')]
  for (let token = pages[0]?.nextPageToken; token; token = pages.at(-1)?.nextPageToken)
    pages.push(await list(`limit=2&pageToken=${token}`))

  expect(pages.map(({ customers }) => customers)).toEqual([
    [
      { publicId: `two-${shop.businessId}`, name: 'Два', chats: 1 },
      { publicId: `one-${shop.businessId}`, name: 'Один', chats: 1 },
    ],
    [{ publicId: shop.customer.publicId, name: 'Анна', chats: 2 }],
  ])
})

test('the overview counts chats, the last hour by minute, and tells what happened last', async () => {
  const shop = await makeBusiness(market)
  const receiver = await makeReceiver('fail')
  await subscribe(market.sql, shop, { ...receiver, types: ['message_sent'] })
  const settled = () => market.running.market.deliverer.settled()
  const old = await shop.makeChat()
  await askAdminFor(market, `POST ${chatPath(shop, old)}/market-messages`, { text: 'Давно' })
  receiver.answering = 'ok'
  clock.advance(2 * 60 * 60_000)
  await settled()
  clock.advance(60 * 60_000)
  const begun = new Date(Math.floor(clock.now().getTime() / 60_000) * 60_000)
  const [chatId, fake] = [await shop.makeChat(), await makeTestChat(shop)]
  receiver.answering = 'fail'
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/customer-messages`, { text: 'Где?' })
  await settled()
  receiver.answering = 'refuse'
  clock.advance(70_000)
  await settled()
  receiver.answering = 'ok'
  await shop.call(`/chats/message?chatId=${old}`, { message: 'Едет' })
  await settled()
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/dispute`, { reason: 'Нет' })
  await settled()
  await askAdminFor(market, `POST ${chatPath(shop, chatId)}/dispute/finish`)

  type Minutes = Record<string, number | string>[]
  type Overview = { messages: Minutes; deliveries: Minutes; events: { kind: string; chatId: number; text?: string }[] }
  const read = await askAdminFor<Overview>(market, `GET /businesses/${shop.businessId}/overview`)

  const minute = (offset: number) => new Date(begun.getTime() + offset * 60_000).toISOString()
  expect(read).toMatchObject({
    chats: { total: 3, waitingForShop: 0, disputes: 0, test: 1 },
    subscriptions: { enabled: 1, disabled: 0, failed: 0, waiting: 0 },
    isPartial: false,
  })
  expect([read.messages.length, read.deliveries.length, read.messages.at(-1)?.['minute']]).toEqual([60, 60, minute(1)])
  expect(read.messages.slice(-2)).toEqual([
    { minute: minute(0), customer: 1, partner: 0, other: 0 },
    { minute: minute(1), customer: 1, partner: 1, other: 0 },
  ])
  expect(read.deliveries.slice(-2)).toEqual([
    { minute: minute(0), delivered: 0, refused: 0, failed: 1 },
    { minute: minute(1), delivered: 2, refused: 1, failed: 0 },
  ])
  const quiet = [...read.messages.slice(0, -2), ...read.deliveries.slice(0, -2)].flatMap(({ minute, ...counts }) =>
    Object.values(counts),
  )
  expect(new Set(quiet)).toEqual(new Set([0]))
  expect(read.events.map(({ kind, chatId, text }) => [kind, chatId, text]).slice(-2)).toEqual([
    ['message', Number(old), 'Давно'],
    ['chat', Number(old), undefined],
  ])
  expect(read.events.map(({ kind, chatId, text }) => `${kind} ${chatId} ${text ?? ''}`).sort()).toEqual(
    [
      `chat ${chatId} `,
      `chat ${fake} `,
      `chat ${old} `,
      `message ${chatId} Где?`,
      `message ${chatId} Нет`,
      `message ${old} Давно`,
      `message ${old} Едет`,
    ].sort(),
  )
})

test('the overview counts the failures of what still waits, and what waits behind it', async () => {
  const shop = await makeBusiness(market)
  await subscribe(market.sql, shop, await makeReceiver('fail'))
  await shop.makeChat()
  await shop.makeChat()
  for (let attempt = 0; attempt < 3; attempt++) {
    await market.running.market.deliverer.settled()
    clock.advance(70_000)
  }

  type Overview = { deliveries: { failed: number }[]; subscriptions: object }
  const read = await askAdminFor<Overview>(market, `GET /businesses/${shop.businessId}/overview`)

  expect(read.deliveries.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThanOrEqual(3)
  expect(read.subscriptions).toEqual({ enabled: 1, disabled: 0, failed: 0, waiting: 2 })
})
