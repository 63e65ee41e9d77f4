import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { askAdmin, askAdminFor, problemOf } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type Buyer, buyerOf, chatPath, makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const agingMarket = useMarket({ clock })
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

type Message = { messageId: number; sender: string; kind: string; text?: string; file?: { url: string } }

/** A shop, and its customer in the chat about an order. */
async function makeConversation() {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  return { shop, buyer, chat, chatId: Number(chat.split('/').at(-1)) }
}

async function readMessages(buyer: Buyer, chat: `/${string}`, query = ''): Promise<Message[]> {
  const reply = await buyer.ask(`GET ${chat}/messages${query}`)
  return (reply.body as { messages: Message[] }).messages // as the operation answers
}

const sendText = (buyer: Buyer, chat: `/${string}`, text: string) => buyer.ask(`POST ${chat}/messages`, { text })

test('a customer asks about an order, the shop finds the question and answers, the customer reads it', async () => {
  const { shop, buyer, chat, chatId } = await makeConversation()

  const sent = await sendText(buyer, chat, '  Где мой заказ?\n')
  const waiting = await shop.call('/chats', { statuses: ['WAITING_FOR_PARTNER'] })
  await shop.call(`/chats/message?chatId=${chatId}`, { message: 'Уже едет' })
  const messages = await readMessages(buyer, chat)
  const list = await buyer.ask('GET /chats')

  expect(sent.status).toBe(201)
  expect(sent.body).toMatchObject({ message: { sender: 'CUSTOMER', kind: 'text', text: 'Где мой заказ?' } })
  expect(waiting.body).toMatchObject({ result: { chats: [{ chatId }] } })
  expect(messages).toMatchObject([
    (sent.body as { message: Message }).message,
    { sender: 'PARTNER', kind: 'text', text: 'Уже едет', createdAt: expect.stringMatching(/^20.*Z$/) },
  ])
  expect(list.body).toMatchObject({ chats: [{ chatId, type: 'CHAT', status: 'WAITING_FOR_CUSTOMER' }] })
})

test('a photo that the customer sends is seen by both sides and by nobody else', async () => {
  const { shop, buyer, chat, chatId } = await makeConversation()
  const stranger = await makeBuyer(market)

  const sent = await buyer.sendFile(chat, png, '../царапина.png')
  const { messages } = ((await shop.call(`/chats/history?chatId=${chatId}`, {})).body as Published).result
  const url = (sent.body as { message: Message }).message.file?.url ?? ''
  const [own, shops, others] = [
    await fetch(url, { headers: buyer.headers }),
    await fetch(url, { headers: { 'api-key': shop.token } }),
    await fetch(url, { headers: stranger.headers }),
  ]

  const file = { name: 'царапина.png', size: png.length, type: 'image/png', url }
  expect(sent.body).toMatchObject({ message: { kind: 'file', file } })
  expect(await readMessages(buyer, chat)).toMatchObject([{ kind: 'file', file }])
  expect(messages).toMatchObject([{ payload: [{ name: 'царапина.png', url }] }])
  expect(new Uint8Array(await own.arrayBuffer())).toEqual(png)
  expect([own.status, shops.status, others.status]).toEqual([200, 200, 403])
})

type Published = { result: { messages: object[] } }

test('a sticker is a sign in the history of the shop and a name in that of the customer', async () => {
  const { shop, buyer, chat, chatId } = await makeConversation()
  const { stickers } = (await buyer.ask('GET /stickers')).body as { stickers: { name: string; text: string }[] }

  for (const { name } of stickers) await buyer.ask(`POST ${chat}/stickers`, { sticker: name })
  const own = await readMessages(buyer, chat)
  const history = await shop.call(`/chats/history?chatId=${chatId}`, {})
  const unknown = await buyer.ask(`POST ${chat}/stickers`, { sticker: 'toString' })

  expect(stickers).toContainEqual({ name: 'thanks', text: '🙏' })
  expect(own).toMatchObject(stickers.map(({ name, text }) => ({ kind: 'sticker', sticker: name, text })))
  expect(history.body).toMatchObject({ result: { messages: stickers.map(({ text }) => ({ message: text })) } })
  expect(problemOf(unknown)).toMatchObject({ status: 400, errors: [{ problem: expect.stringContaining('thanks') }] })
})

test('messages are read on from the last one that is known', async () => {
  const { buyer, chat } = await makeConversation()
  for (const text of ['раз', 'два', 'три']) await sendText(buyer, chat, text)
  const all = await readMessages(buyer, chat)
  const [first = 0, second = 0, third = 0] = all.map(message => message.messageId)
  const textsOf = async (query: string) => (await readMessages(buyer, chat, query)).map(message => message.text)

  expect(await textsOf('?limit=2')).toEqual(['раз', 'два'])
  expect(await textsOf(`?after=${second}&limit=2`)).toEqual(['три'])
  expect(await textsOf(`?after=${first}`)).toEqual(['два', 'три'])
  expect(await textsOf(`?after=${third}`)).toEqual([])
  expect(await textsOf('?after=0')).toEqual(['раз', 'два', 'три'])
  expect(await textsOf('?after=9223372036854775807')).toEqual([])
})

test("the list holds a customer's chats with every business, the newest first, page by page", async () => {
  const [one, two] = [await makeBusiness(market), await makeBusiness(market)]
  const buyer = await makeBuyer(market)
  const chats: `/businesses/${string}`[] = []
  for (const [index, shop] of [one, two, one].entries()) {
    await putOrder(shop, buyer, BigInt(index + 1))
    chats.push(await openOrderChat(buyer, shop, BigInt(index + 1)))
  }
  for (const chat of chats.toReversed()) await sendText(buyer, chat, 'Здравствуйте')
  type Page = { chats: { businessId: number; chatId: number }[]; nextPageToken?: string }
  const read = async (query: string) => (await buyer.ask(`GET /chats?${query}`)).body as Page // as the operation answers

  const whole = await read('')
  const first = await read('limit=2')
  const second = await read(`limit=2&pageToken=${first.nextPageToken}`)
  const stolen = await (await makeBuyer(market)).ask(`GET /chats?pageToken=${first.nextPageToken}`)

  const pathsOf = (page: Page) => page.chats.map(chat => `/businesses/${chat.businessId}/chats/${chat.chatId}`)
  expect(pathsOf(whole)).toEqual(chats)
  expect([...pathsOf(first), ...pathsOf(second)]).toEqual(chats)
  expect([whole.nextPageToken, second.nextPageToken]).toEqual([undefined, undefined])
  expect(problemOf(stolen)).toMatchObject({ status: 400, errors: [{ at: 'pageToken' }] })
})

test('of chats, orders and returns of another customer nothing is told, not even that they are there', async () => {
  const shop = await makeBusiness(market, { placementType: 'dbs' })
  const owner = await makeBuyer(market, shop.customer.publicId)
  const [orderId, returnId] = [await shop.makeOrder(), await shop.makeReturn()]
  const chat = await openOrderChat(owner, shop, orderId)
  const stranger = await makeBuyer(market)
  const tryAll = (chat: `/${string}`, ids: { orderId: bigint; returnId: bigint }) =>
    Promise.all([
      stranger.ask(`GET ${chat}/messages`),
      stranger.ask(`POST ${chat}/messages`, { text: 'Чужое' }),
      stranger.ask(`POST ${chat}/stickers`, { sticker: 'ok' }),
      stranger.ask(`POST ${chat}/dispute`, { reason: 'Чужое' }),
      stranger.sendFile(chat, png),
      stranger.ask('POST /chats', { businessId: shop.businessId, orderId: ids.orderId }),
      stranger.ask('POST /chats', { businessId: shop.businessId, returnId: ids.returnId }),
    ])

  const theirs = await tryAll(chat, { orderId, returnId })
  const nobodys = await tryAll(chatPath(shop, 999_999_999), { orderId: 999_999_999n, returnId: 999_999_999n })

  const withoutIds = ({ status, text }: { status: number; text: string }) => [status, text.replaceAll(/\d+/g, 'N')]
  expect(theirs.map(reply => reply.status)).toEqual(theirs.map(() => 404))
  expect(theirs.map(withoutIds)).toEqual(nobodys.map(withoutIds))
  expect((await stranger.ask('GET /chats')).body).toEqual({ chats: [] })
  expect(await readMessages(owner, chat)).toEqual([])
})

test('a file for a chat that is not theirs is refused before it has come', async () => {
  const { chat } = await makeConversation()
  const stranger = await makeBuyer(market)
  const headers = { ...stranger.headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1000' }

  const asked = request(`${market.url}/buyer/v1${chat}/files`, { method: 'POST', headers })
  asked.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n')
  const [answer] = (await once(asked, 'response', { signal: AbortSignal.timeout(5000) })) as [IncomingMessage]
  asked.on('error', () => {}).destroy() // half sent

  expect(answer.statusCode).toBe(404)
})

test('a chat is reached through its own business only', async () => {
  const { shop, buyer, chatId } = await makeConversation()
  const elsewhere = chatPath(await makeBusiness(market), chatId)

  const read = await buyer.ask(`GET ${elsewhere}/messages`)
  const sent = await sendText(buyer, elsewhere, 'Не туда')

  expect([read.status, sent.status]).toEqual([404, 404])
  expect((await buyer.ask(`GET ${chatPath(shop, chatId)}/messages`)).body).toEqual({ messages: [] })
})

test('a customer opens the one chat about a return, but not at a DBS shop', async () => {
  const [fbs, dbs] = [await makeBusiness(market), await makeBusiness(market, { placementType: 'dbs' })]
  const open = async (shop: TestBusiness, returnId: bigint) =>
    (await makeBuyer(market, shop.customer.publicId)).ask('POST /chats', { businessId: shop.businessId, returnId })
  const [returnId, dbsReturnId] = [await fbs.makeReturn(), await dbs.makeReturn()]

  const first = await open(fbs, returnId)
  const second = await open(fbs, returnId)
  const refused = await open(dbs, dbsReturnId)
  const shops = await fbs.call('/chats/new', { context: { type: 'RETURN', id: returnId } })

  expect([first.status, second.text]).toEqual([200, first.text])
  expect(shops.body).toMatchObject({ result: { chatId: (first.body as { chatId: number }).chatId } })
  expect(problemOf(refused)).toMatchObject({ status: 400, detail: expect.stringContaining('DBS') })
})

test('what does not fit is told, and nothing of it is written', async () => {
  const { shop, buyer, chat } = await makeConversation()
  const { businessId } = shop
  const table: [call: Parameters<Buyer['ask']>[0], body: unknown, status: number, at?: string][] = [
    ['POST /chats', {}, 400, 'businessId'],
    ['POST /chats', { businessId, orderId: 1, returnId: 1 }, 400, 'returnId'],
    ['POST /chats', { businessId, orderId: 2n ** 63n }, 400, 'orderId'],
    ['POST /chats', { businessId, orderId: 'abc' }, 400, 'orderId'],
    ['POST /chats', { businessId: 77, orderId: 1 }, 404],
    ['POST /chats', { businessId: 77 }, 404],
    [`POST ${chat}/messages`, { text: ' \n ' }, 400, 'text'],
    [`POST ${chat}/messages`, { text: 'я'.repeat(4097) }, 400, 'text'],
    [`POST ${chat}/messages`, { text: 'a\u0000b' }, 400, 'text'],
    [`POST ${chat}/messages`, { text: { $ne: null } }, 400, 'text'],
    [`POST ${chat}/messages`, undefined, 400, 'body'],
    [`POST ${chat}/stickers`, {}, 400, 'sticker'],
    [`POST ${chat}/dispute`, { reason: '' }, 400, 'reason'],
    [`GET ${chat}/messages?limit=101`, undefined, 400, 'limit'],
    [`GET ${chat}/messages?after=-1`, undefined, 400, 'after'],
    [`GET ${chat}/messages?after=9223372036854775808`, undefined, 400, 'after'],
    [`GET /businesses/${businessId}/chats/x/messages`, undefined, 400, 'chatId'],
    ['GET /chats?pageToken=AAAA', undefined, 400, 'pageToken'],
    ['GET /events?lastEventId=yesterday', undefined, 400, 'lastEventId'],
  ]

  for (const [call, body, status, at] of table) {
    const problem = problemOf(await buyer.ask(call, body))
    expect([call, body, problem]).toMatchObject([call, body, { status, ...(at && { errors: [{ at }] }) }])
  }
  expect((await buyer.sendFile(chat, new Uint8Array())).status).toBe(400)
  expect((await buyer.sendFile(chat, new Uint8Array(5 * 1024 * 1024 + 1))).status).toBe(400)
  expect(await readMessages(buyer, chat)).toEqual([])
})

test('a token is over after thirty days, at the moment that was told', async () => {
  const publicId = 'aging'
  await askAdminFor(agingMarket, `PUT /customers/${publicId}`, { name: 'Анна' })
  const { body } = await askAdmin(agingMarket, `POST /customers/${publicId}/tokens`)
  const { token, expiresAt } = body as { token: string; expiresAt: string } // as the operation answers
  const buyer = buyerOf(agingMarket, publicId, token)
  const leftMs = Date.parse(expiresAt) - clock.now().getTime()

  clock.advance(leftMs - 1000)
  const before = await buyer.ask('GET /chats')
  clock.advance(1000)
  const after = await buyer.ask('GET /chats')

  expect(leftMs).toBe(30 * 24 * 60 * 60 * 1000)
  expect([before.status, after.status]).toEqual([200, 401])
})

test("a token that was changed, or signed with another server's secret, opens nothing", async () => {
  const buyer = await makeBuyer(market)
  const foreign = await makeBuyer(agingMarket)
  const [head = '', body = '', mac = ''] = buyer.token.split('.')
  const payload = JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: '1' })
  const forged = [
    [head, Buffer.from(payload).toString('base64url'), mac].join('.'),
    [Buffer.from('{"alg":"none"}').toString('base64url'), body, ''].join('.'),
    `${head}.${body}`,
    'ACMA:token',
  ]

  for (const token of forged) {
    const reply = await ask(`${market.url}/buyer/v1/chats`, { headers: { authorization: `Bearer ${token}` } })
    expect(problemOf(reply)).toMatchObject({ status: 401, detail: expect.not.stringContaining(token) })
  }
  expect((await foreign.ask('GET /chats')).status).toBe(200)
})

function putOrder(shop: TestBusiness, buyer: Buyer, orderId: bigint) {
  const order = { campaignId: shop.campaignId, customerPublicId: buyer.publicId }
  return askAdminFor(market, `PUT /businesses/${shop.businessId}/orders/${orderId}`, order)
}
