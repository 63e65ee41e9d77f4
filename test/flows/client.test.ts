import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { beforeEach, describe, expect, test } from 'vitest'
import * as shop from '#client'
import { chatStatuses, maxInt64 } from '#contract'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
let business: TestBusiness
let client: shop.MarketClient

beforeEach(async () => {
  business = await makeBusiness(market)
  client = makeClient()
})

function makeClient(options: Partial<shop.MarketClientOptions> = {}): shop.MarketClient {
  const { token: apiKey, businessId } = business
  return new shop.MarketClient({ apiKey, businessId, baseUrl: market.url, ...options })
}

const [fresh, waitsForCustomer] = chatStatuses

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const taken: Item[] = []
  for await (const item of items) taken.push(item)
  return taken
}

/** So many chats, each about an order of its own. */
async function openChats(count: number): Promise<bigint[]> {
  const ids: bigint[] = []
  for (let each = 0; each < count; each++) ids.push(await client.chats.open({ order: await business.makeOrder() }))
  return ids
}

describe('chats', () => {
  test('a chat about an order is opened once, and read with bigint ids and dates', async () => {
    const order = await business.makeOrder()
    const chatId = await client.chats.open({ order })
    const again = await client.chats.open({ order: `${order}` })

    expect(again).toBe(chatId)
    expect(await client.chats.get(chatId)).toEqual({
      chatId,
      context: { type: 'ORDER', campaignId: business.campaignId, orderId: order, customer: business.customer },
      type: 'CHAT',
      status: fresh,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    })
  })

  test('ids of all 63 bits survive both ways', async () => {
    const order = await business.makeOrder(maxInt64)
    const chat = await client.chats.findOrOpen({ order })
    const [listed] = await all(client.chats.list({ contexts: [{ type: 'ORDER', id: maxInt64 }] }))

    expect(chat.context.orderId).toBe(maxInt64)
    expect(listed).toEqual(chat)
  })

  test('findOrOpen opens the chat about a return, and finds it the next time without opening', async () => {
    const calls: string[] = []
    client = makeClient({ onCall: ({ operation }) => calls.push(operation) })
    const about = { return: await business.makeReturn() }
    const opened = await client.chats.findOrOpen(about)
    const found = await client.chats.findOrOpen(about)

    expect(found).toEqual(opened)
    expect(opened.context.returnId).toBe(about.return)
    expect(calls).toEqual(['getChats', 'createChat', 'getChat', 'getChats'])
  })

  test('the list is walked over all its pages, and only as far as somebody reads', async () => {
    const calls: string[] = []
    const ids = await openChats(5)
    client = makeClient({ onCall: ({ operation }) => calls.push(operation) })
    const list = client.chats.list({ limit: 2 })
    for await (const { chatId } of list) if (chatId === ids[4]) break
    expect(calls).toHaveLength(1)

    const walked = await all(list)
    expect(walked.map(({ chatId }) => chatId).sort()).toEqual(ids.sort())
    expect(calls).toHaveLength(4)
    expect(await all(list.pages())).toHaveLength(3)
  })

  test('one page can be asked for, and the next by its token', async () => {
    await openChats(3)
    const list = client.chats.list({ limit: 2 })
    const first = await list.page()
    const second = await list.page(first.nextPageToken)

    expect(first.items).toHaveLength(2)
    expect(second.items).toHaveLength(1)
    expect(second).not.toHaveProperty('nextPageToken')
  })

  test('filters reach the market', async () => {
    const [answered = 0n, untouched = 0n] = await openChats(2)
    await client.messages.send(answered, 'Добрый день')
    const idsOf = async (filter: shop.ChatFilter) => (await all(client.chats.list(filter))).map(({ chatId }) => chatId)

    expect(await idsOf({ statuses: [fresh] })).toEqual([untouched])
    expect(await idsOf({ statuses: [waitsForCustomer], types: ['CHAT'], contextTypes: ['ORDER'] })).toEqual([answered])
    expect(await idsOf({ contextTypes: ['RETURN', 'DIRECT'] })).toEqual([])
  })
})

describe('messages', () => {
  test('a text is sent without the white space at its ends, read in the history and by its id', async () => {
    const chatId = await business.makeChat()
    expect(await client.messages.send(chatId, '  Добрый день \n')).toEqual({ state: 'sent' })
    const [message] = await all(client.messages.history(chatId))

    expect(message).toEqual({
      messageId: expect.any(BigInt),
      createdAt: expect.any(Date),
      sender: 'PARTNER',
      text: 'Добрый день',
    })
    expect(await client.messages.get(chatId, message?.messageId ?? 0n)).toEqual(message)
  })

  test('the history is read from a message on, and over its pages', async () => {
    const chatId = await business.makeChat()
    for (const text of ['1', '2', '3', '4', '5']) await client.messages.send(chatId, text)
    const whole = await all(client.messages.history(chatId))
    const rest = await all(client.messages.history(`${chatId}`, { from: whole[2]?.messageId ?? 0n, limit: 1 }))

    expect(whole.map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5'])
    expect(rest.map(({ text }) => text)).toEqual(['3', '4', '5'])
  })

  const bytes = new TextEncoder().encode('содержимое')
  const halves = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, 5))
        controller.enqueue(bytes.subarray(5))
        controller.close()
      },
    })
  const files: [string, () => shop.FileLike][] = [
    ['a File', () => new File([bytes], 'Чек №1.txt', { type: 'text/plain' })],
    ['a Blob', () => ({ name: 'Чек №1.txt', data: new Blob([bytes]) })],
    ['bytes', () => ({ name: 'Чек №1.txt', data: bytes })],
    ['a part of a buffer', () => ({ name: 'Чек №1.txt', data: new Uint8Array([0, ...bytes, 0]).subarray(1, -1) })],
    ['a buffer', () => ({ name: 'Чек №1.txt', data: bytes.slice().buffer })],
    ['a stream', () => ({ name: 'Чек №1.txt', data: halves(), type: 'text/plain' })],
  ]

  test.each(files)('%s is sent as a file and comes back the same', async (_what, makeFile) => {
    const chatId = await business.makeChat()
    await client.messages.sendFile(chatId, makeFile())
    const [message] = await all(client.messages.history(chatId))
    const [file] = message?.files ?? []

    expect(message).not.toHaveProperty('text')
    expect(file).toMatchObject({ name: 'Чек №1.txt', sizeBytes: bytes.length })
    const answer = await client.messages.download(file ?? { name: '', url: '', sizeBytes: 0 })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
  })

  test('sendOnce says which message it has become', async () => {
    const chatId = await business.makeChat()
    const once = await client.messages.sendOnce(chatId, 'Добрый день')
    const [message] = await all(client.messages.history(chatId))

    expect(once).toEqual({ state: 'confirmed', messageId: message?.messageId })
  })
})

describe('the business', () => {
  test('shops are listed and read', async () => {
    const expected = {
      campaignId: business.campaignId,
      name: 'Лавка',
      businessId: business.businessId,
      businessName: `Кабинет ${business.businessId}`,
      placementType: 'FBS',
      apiAvailability: 'AVAILABLE',
    }
    expect(await all(client.campaigns.list())).toEqual([expected])
    expect(await client.campaigns.get(business.campaignId)).toEqual(expected)
  })

  test('a key tells its name and scopes', async () => {
    expect(await client.token()).toEqual({ name: 'Ключ', scopes: ['COMMUNICATION'] })
  })

  test('what the market told of the limits can be looked at', async () => {
    await client.token()
    expect(client.limits().get('getAuthTokenInfo')).toEqual({ limit: 100, remaining: 100, until: expect.any(Date) })
  })
})

describe('a refusal has its meaning', () => {
  const absent = 987_654_321
  const refusals: [string, () => Promise<unknown>, new (...of: never[]) => Error, RegExp][] = [
    ['a chat that is not there', () => client.chats.get(absent), shop.NotFound, /Can't find chat by id: 987654321/],
    ['an order that is not there', () => client.chats.open({ order: absent }), shop.NotFound, /Order not found/],
    ['another business', () => makeClient({ businessId: absent }).chats.list().page(), shop.Forbidden, /Access denied/],
    ['a bad page token', () => client.chats.list().page('nonsense'), shop.BadRequest, /Bad page token/],
    [
      'a key that nobody gave',
      () => makeClient({ apiKey: `ACMA:${'x'.repeat(40)}:01234567` }).token(),
      shop.Unauthorized,
      /Api-Key token .* invalid\. Check the key/,
    ],
    [
      'a key without the scope',
      async () => makeClient({ apiKey: await business.makeKey(['pricing']) }).messages.send(1, 'a'),
      shop.Forbidden,
      /one of the scopes communication, all-methods\./,
    ],
  ]

  test.each(refusals)('%s', async (_what, call, kind, words) => {
    const error: unknown = await call().catch(error => error)
    if (!(error instanceof shop.ApiError)) throw error
    expect(error).toBeInstanceOf(kind)
    expect(error.message).toMatch(words)
    expect(error.traceId).toMatch(/^[\da-f]{32}$/)
  })

  test('a finished chat is closed to a send, a file and sendOnce, and nothing is written', async () => {
    const chatId = await business.makeChat()
    await askAdminFor(market, `POST /businesses/${business.businessId}/chats/${chatId}/close`)

    const thrown = [
      await client.messages.send(chatId, 'Вы ещё здесь?').catch(error => error),
      await client.messages.sendFile(chatId, { name: 'a.txt', data: new Uint8Array([1]) }).catch(error => error),
    ]
    const once = await client.messages.sendOnce(chatId, 'Вы ещё здесь?')

    for (const error of thrown) expect(error).toBeInstanceOf(shop.ChatClosed)
    expect(thrown[0].message).toContain(`400 BAD_REQUEST: Chat with id '${chatId}' is closed. The chat is finished`)
    expect(once).toMatchObject({ state: 'notSent', why: { name: 'ChatClosed' } })
    expect(await all(client.messages.history(chatId))).toEqual([])
  })

  test('a port where nobody listens was not reached', async () => {
    const alone = makeClient({ baseUrl: await closedAddress(), random: () => 0 })
    await expect(alone.messages.send(1, 'a')).rejects.toMatchObject({ name: 'ConnectionError', wasSent: false })
  })
})

async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}
