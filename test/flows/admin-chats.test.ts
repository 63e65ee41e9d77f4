import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { chatPath, makeBuyer } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { makeChatOf, makeTestChat } from '../support/other-chats.ts'
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
  const boris = await makeChatOf({ market, clock }, shop, { publicId: `boris-${shop.businessId}`, name: 'Борис %_Ё' })
  const fake = await makeTestChat(market, shop)
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
  const path = chatPath(shop, await makeTestChat(market, shop))
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
