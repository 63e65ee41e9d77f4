import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type ChatContextType,
  type ChatId,
  chatStatuses,
  chatTypes,
  decodeAnswer,
  inside,
  maxInt64,
  onWire,
  operations,
  parseJson,
  restDate,
  senders,
  serializeJson,
} from '#contract'
import { laneOf } from '../../src/market/store/lane.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { brief, envelope } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

/** PostgreSQL writes these answers; the contract says what they must be. */
const market = useMarket({ maxParallel: 0 })

type Read = 'getChats' | 'getChat' | 'getChatHistory' | 'getChatMessage'

/** An answer's result, after its text was found to be what JSON.stringify makes of what the contract reads in it. */
async function read(name: Read, shop: TestBusiness, path: string, json?: object) {
  const { status, text } = await shop.call(path, json)
  expect(status, text).toBe(200)
  const parsed = parseJson(text)
  const decoded = decodeAnswer(operations[name].response, parsed.ok ? parsed.value : undefined)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  expect(serializeJson(decoded.value)).toBe(text)
  return decoded.value.result as Record<string, unknown> // its own test looks at what is in it
}

type Put = { contextType: Lowercase<ChatContextType>; contextId: bigint; type?: string; status?: string; at?: Date }

/** A chat as no call of the API could make it at once: in any state, with any ids. */
async function putChat(shop: TestBusiness, { contextType, contextId, type = 'chat', status = 'new', at }: Put) {
  const now = at ?? new Date('2026-03-01T10:00:00.123Z')
  const orderId = contextType === 'direct' ? null : contextType === 'order' ? contextId : maxInt64 - 7n
  const [row] = await market.sql<[{ chatId: ChatId }]>`
    insert into market.chats (lane, business_id, chat_id, context_type, context_id, order_id, return_id, campaign_id, customer_id, fake,
                              type, status, created_at, updated_at, changed_at, changed_in, last_message_id)
    select ${laneOf(shop.businessId)}, ${shop.businessId}, nextval('market.ids'), ${contextType}, ${contextId}, ${orderId},
           ${contextType === 'return' ? contextId : null}, ${contextType === 'direct' ? null : maxInt64}, customer_id, false,
           ${type}, ${status}, ${now}, ${now}, ${now}, pg_current_xact_id(), 0
      from market.customers where public_id = ${shop.customer.publicId}
    returning chat_id as "chatId"`
  return row.chatId
}

type Message = { sender?: string; kind?: string; body?: string | null; file?: { name: string; size: number } }

async function putMessages(shop: TestBusiness, chatId: ChatId, messages: readonly Message[]): Promise<bigint[]> {
  const rows = messages.map(({ sender = 'partner', kind = 'text', body = null, file }) => ({
    ...{ sender, kind, body, name: file?.name, size: file?.size, hash: file && 'hash', type: file && 'image/png' },
  }))
  const put = await market.sql<{ id: bigint }[]>`
    insert into market.messages (lane, business_id, chat_id, message_id, created_at, sender, kind, body, file_name, file_size, file_hash, file_type)
    select ${laneOf(shop.businessId)}, ${shop.businessId}, ${chatId}, nextval('market.ids'), '2026-03-01T20:59:59.999Z', sender, kind, body, name, size, hash, type
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as m(sender text, kind text, body text, name text, size integer, hash text, type text)
    returning message_id as id`
  return put.map(({ id }) => id)
}

const customer = ({ customer: { name, publicId } }: TestBusiness) => ({ name, publicId })

let shop: TestBusiness
beforeAll(async () => {
  shop = await makeBusiness(market)
})

describe('a chat', () => {
  test.each([
    { contextType: 'order', contextId: maxInt64, context: { orderId: maxInt64 }, orderId: maxInt64 },
    {
      ...{ contextType: 'return' as const, contextId: maxInt64 - 1n, orderId: maxInt64 - 7n },
      context: { orderId: maxInt64 - 7n, returnId: maxInt64 - 1n },
    },
    { contextType: 'direct', contextId: 5n, context: {}, orderId: undefined },
  ] as const)('about $contextType has the ids of it, digit for digit', async ({ context, orderId, ...about }) => {
    const chatId = await putChat(shop, about)
    const of = about.contextType === 'direct' ? {} : { campaignId: maxInt64 }

    expect(await read('getChat', shop, `/chat?chatId=${chatId}`)).toEqual({
      chatId,
      ...(orderId !== undefined && { orderId }),
      context: { type: onWire(about.contextType), customer: customer(shop), ...of, ...context },
      type: 'CHAT',
      status: 'NEW',
      createdAt: '2026-03-01T13:00:00+03:00',
      updatedAt: '2026-03-01T13:00:00+03:00',
    })
  })

  test('has its type and its status in the words of the contract, in a list too', async () => {
    const shop = await makeBusiness(market)
    const states = chatTypes.flatMap(type => chatStatuses.map(status => ({ type, status })))
    for (const [n, state] of states.entries())
      await putChat(shop, {
        ...{ contextType: 'order', contextId: BigInt(n + 1), at: new Date(n * 1000) },
        ...{ type: inside(state.type), status: inside(state.status) },
      })
    const { chats, paging } = await read('getChats', shop, '/chats?limit=20', {})

    expect(chats).toMatchObject(states.toReversed())
    expect(paging).toEqual({})
  })

  test('of any moment has it to the second, as the contract writes dates', async () => {
    const shop = await makeBusiness(market)
    const moments = fc.sample(fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }), 20)
    for (const [n, at] of moments.entries()) await putChat(shop, { contextType: 'order', contextId: BigInt(n + 1), at })
    const { chats } = await read('getChats', shop, '/chats?limit=20', {})

    const written = (chats as { createdAt: string; updatedAt: string }[]).map(chat => [chat.createdAt, chat.updatedAt]) // read by the contract
    const dates = moments.toSorted((a, b) => b.getTime() - a.getTime()).map(restDate)
    expect(written).toEqual(dates.map(date => [date, date]))
  })
})

describe('a message', () => {
  test('of each sender, a sticker and a file have their fields', async () => {
    const chatId = await putChat(shop, { contextType: 'order', contextId: 8n })
    const written = senders.map(sender => ({ sender: inside(sender), body: `от ${sender}` }))
    const file = { name: 'накладная № 7.png', size: 2 ** 31 - 1 }
    const ids = await putMessages(shop, chatId, [
      ...written,
      { kind: 'sticker', body: 'thumbs_up', sender: 'customer' },
      { kind: 'file', file },
    ])
    const { messages, ...rest } = await read('getChatHistory', shop, `/chats/history?chatId=${chatId}`, {})

    const createdAt = '2026-03-01T23:59:59+03:00'
    const url = `${market.url}/files/${shop.businessId}/${chatId}/${ids[5]}`
    const expected = [
      ...senders.map((sender, n) => ({ messageId: ids[n], createdAt, sender, message: `от ${sender}` })),
      { messageId: ids[4], createdAt, sender: 'CUSTOMER', message: 'thumbs_up' },
      { messageId: ids[5], createdAt, sender: 'PARTNER', payload: [{ ...file, url }] },
    ]
    expect(messages).toEqual(expected)
    expect(rest).toEqual({
      orderId: 8n,
      context: { type: 'ORDER', customer: customer(shop), campaignId: maxInt64, orderId: 8n },
      paging: {},
    })
    for (const [n, id] of ids.entries())
      expect(await read('getChatMessage', shop, `/chats/message?chatId=${chatId}&messageId=${id}`)).toEqual(expected[n])
  })

  test('has any text, any name of a file and any name of a customer as they were written', async () => {
    const odd = [
      '"',
      '\\',
      '\u2028',
      '\u2029',
      '\u007f',
      '\u0001',
      '\u001f',
      '\b\f\n\r\t',
      '😀',
      '</script>',
      '/',
      '\ufeff',
      "'",
      '{"a":1}',
    ]
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...odd)))
      .map(parts => parts.join('').toWellFormed().replaceAll('\0', ''))
    const texts = [...odd, ...fc.sample(text, 85)].map(part => `${part}.`)
    const shop = await makeBusiness(market)
    const chatId = await putChat(shop, { contextType: 'direct', contextId: 9n })
    await putMessages(
      shop,
      chatId,
      texts.map(body => ({ body })),
    )
    const { messages } = await read('getChatHistory', shop, `/chats/history?chatId=${chatId}&limit=100`, {})
    expect((messages as { message: string }[]).map(({ message }) => message)).toEqual(texts) // read by the contract

    const other = await putChat(shop, { contextType: 'direct', contextId: 10n })
    await putMessages(
      shop,
      other,
      texts.map(name => ({ kind: 'file', file: { name, size: 0 } })),
    )
    const files = await read('getChatHistory', shop, `/chats/history?chatId=${other}&limit=100`, {})
    const names = (files['messages'] as { payload: { name: string }[] }[]).map(({ payload }) => payload[0]?.name) // likewise
    expect(names).toEqual(texts)

    for (const name of texts.slice(0, 30)) {
      await market.sql`update market.customers set name = ${name} where public_id = ${shop.customer.publicId}`
      const { context } = await read('getChat', shop, `/chat?chatId=${other}`)
      expect(context).toEqual({ type: 'DIRECT', customer: { name, publicId: shop.customer.publicId } })
    }
  })
})

describe('a page', () => {
  test.each([0, 1, 99, 100, 101])(
    'of a history of %i messages has up to a hundred, and a token if there are more',
    async count => {
      const chatId = await putChat(shop, { contextType: 'order', contextId: BigInt(1000 + count) })
      const ids = await putMessages(
        shop,
        chatId,
        Array.from({ length: count }, (_, n) => ({ body: `№ ${n}` })),
      )
      const { messages, paging } = await read('getChatHistory', shop, `/chats/history?chatId=${chatId}&limit=100`, {})

      expect((messages as { messageId: bigint }[]).map(({ messageId }) => messageId)).toEqual(ids.slice(0, 100)) // read by the contract
      expect(paging).toEqual(count > 100 ? { nextPageToken: expect.stringMatching(/^[\w-]+$/) } : {})
    },
  )

  test('of those who ask at the same moment is each one’s own', async () => {
    const shops = await Promise.all(Array.from({ length: 6 }, () => makeBusiness(market)))
    const chats = await Promise.all(shops.map(shop => putChat(shop, { contextType: 'order', contextId: 1n })))
    const ids = await Promise.all(
      shops.map((shop, n) =>
        putMessages(
          shop,
          chats[n] ?? (0n as ChatId),
          Array.from({ length: 3 * n }, () => ({ body: `из ${n}` })),
        ),
      ),
    )
    const sizes = [1, 2, 5, 100]
    const asked = shops.flatMap((shop, n) => sizes.map(limit => ({ shop, n, limit })))
    const pages = await Promise.all(
      asked.map(({ shop, n, limit }) =>
        read('getChatHistory', shop, `/chats/history?chatId=${chats[n]}&limit=${limit}`, {}),
      ),
    )
    const lists = await Promise.all(asked.map(({ shop }) => read('getChats', shop, '/chats', {})))

    for (const [at, { n, limit }] of asked.entries()) {
      const messages = pages[at]?.['messages'] as { messageId: bigint }[] // read by the contract
      expect(messages.map(({ messageId }) => messageId)).toEqual(ids[n]?.slice(0, limit))
      expect(lists[at]).toMatchObject({ chats: [{ chatId: chats[n] }] })
    }
  })

  test('of what is not there, or is another’s, is a refusal that names it', async () => {
    const stranger = await makeBusiness(market)
    const theirs = await putChat(stranger, { contextType: 'order', contextId: 1n })
    const [message] = await putMessages(stranger, theirs, [{ body: 'чужое' }])
    const mine = await putChat(shop, { contextType: 'order', contextId: 77n })
    const noChat = { status: 404, text: envelope('NOT_FOUND', `Can't find chat by id: ${theirs}`) }

    expect(brief(await shop.call(`/chat?chatId=${theirs}`))).toEqual(noChat)
    expect(brief(await shop.call(`/chats/history?chatId=${theirs}`, {}))).toEqual(noChat)
    expect(brief(await shop.call(`/chats/message?chatId=${theirs}&messageId=${message}`))).toEqual(noChat)
    expect(brief(await shop.call(`/chats/message?chatId=${mine}&messageId=${message}`))).toEqual({
      status: 404,
      text: envelope('NOT_FOUND', `Can't find message by id: ${message} for chat ${mine}`),
    })
  })
})
