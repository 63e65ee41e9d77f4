import { beforeAll, describe, expect, test } from 'vitest'
import type { ChatId, OperationName, ReturnId } from '#contract'
import { openDirectChat } from '../../src/market/chats/open-chat.ts'
import { type CustomerId, findCustomer } from '../../src/market/store/customers.ts'
import { saveReturn } from '../../src/market/store/orders.ts'
import { faultsOf } from '../support/faults.ts'
import {
  makeCall,
  makeForm,
  makeScene,
  operationNames,
  resultOf,
  type Scene,
  send,
} from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const max = 9223372036854775807n

/** A business with every kind of chat and message. */
type FullScene = Scene & {
  customerId: CustomerId
  emptyChat: bigint
  returnChat: bigint
  directChat: bigint
  giantChat: bigint
}
let scene: FullScene

beforeAll(async () => {
  scene = await makeFullScene()
})

async function makeFullScene(): Promise<FullScene> {
  const base = await makeScene(market)
  const { customerId } = (await findCustomer(market.sql, base.customer.publicId)) ?? { customerId: 0n as CustomerId }
  const open = async (context: unknown) =>
    BigInt(Number(resultOf(await send(market, { ...makeCall('createChat', base), json: { context } }))['chatId']))
  await base.makeOrder(max)
  await saveReturn(market.sql, base.businessId, { returnId: max as ReturnId, orderId: base.orderId }, new Date())
  const direct = await openDirectChat(market.running.market, base.businessId, customerId, new Date())
  const full = {
    ...base,
    customerId,
    emptyChat: await base.makeChat(),
    returnChat: await open({ type: 'RETURN', id: max }),
    giantChat: await open({ type: 'ORDER', id: max }),
    directChat: direct.chatId,
  }
  await fillChat(full)
  return full
}

async function fillChat({ businessId, chatId, customerId, ...rest }: FullScene): Promise<void> {
  const { postbox } = market.running.market
  const here = { businessId, chatId: chatId as ChatId }
  const text = { kind: 'text', body: 'Где мой заказ?' } as const
  await send(market, makeCall('sendFileToChat', { ...rest, businessId, chatId }))
  await postbox.post({ ...here, event: 'customer_writes', sender: 'customer', customerId, content: text })
  await postbox.post({
    ...here,
    event: 'customer_writes',
    sender: 'customer',
    customerId,
    content: { kind: 'sticker', body: 'cat' },
  })
  await postbox.post({ ...here, event: 'dispute_opened' })
  await postbox.post({ ...here, event: 'support_writes', sender: 'support', content: text })
  await postbox.post({ ...here, event: 'market_writes', sender: 'market', content: text })
}

describe.each(operationNames)('%s', name => {
  test('answers what it declares', async () => {
    const reply = await send(market, makeCall(name, scene))

    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
    expect(faultsOf(name, reply)).toEqual([])
  })
})

test.each<OperationName>(['getChat', 'getChatHistory'])(
  '%s answers what it declares for every kind of chat',
  async name => {
    for (const chatId of [scene.chatId, scene.emptyChat, scene.returnChat, scene.directChat, scene.giantChat]) {
      const reply = await send(market, makeCall(name, { ...scene, chatId }))

      expect(faultsOf(name, reply)).toEqual([])
    }
  },
)

test('every message of a history can be read alone, and is the same there', async () => {
  const { messages } = resultOf(await send(market, makeCall('getChatHistory', scene))) as {
    messages: { messageId: number }[]
  } // the published answer

  for (const message of messages) {
    const reply = await send(market, makeCall('getChatMessage', { ...scene, messageId: BigInt(message.messageId) }))

    expect(faultsOf('getChatMessage', reply)).toEqual([])
    expect(resultOf(reply)).toEqual(message)
  }
  expect(messages.length).toBeGreaterThanOrEqual(6)
})

test('every chat of a list can be read alone, and is the same there', async () => {
  const { chats } = resultOf(await send(market, makeCall('getChats', scene))) as { chats: { chatId: number }[] } // the published answer

  for (const chat of chats) {
    const reply = await send(market, makeCall('getChat', { ...scene, chatId: BigInt(chat.chatId) }))

    expect(resultOf(reply)).toEqual(chat)
  }
  expect(chats).toHaveLength(5)
})

describe('what has no value is left out', () => {
  const contextOf = async (chatId: bigint) => {
    const chat = resultOf(await send(market, makeCall('getChat', { ...scene, chatId })))
    return { chat, orderId: chat['orderId'], context: chat['context'] as object } // the published answer
  }

  test('a chat about an order names the order twice and no return', async () => {
    const { orderId, context } = await contextOf(scene.chatId)

    expect(Object.keys(context).sort()).toEqual(['campaignId', 'customer', 'orderId', 'type'])
    const { name, publicId } = scene.customer
    expect(context).toMatchObject({ type: 'ORDER', orderId, customer: { name, publicId } })
  })

  test('a chat about a return names the return and its order, digit for digit', async () => {
    const { orderId, context } = await contextOf(scene.returnChat)

    expect(context).toMatchObject({ type: 'RETURN', orderId, returnId: max, campaignId: Number(scene.campaignId) })
  })

  test('a direct chat names neither order, nor return, nor shop', async () => {
    const { chat, context } = await contextOf(scene.directChat)

    expect(chat).not.toHaveProperty('orderId')
    expect(Object.keys(context).sort()).toEqual(['customer', 'type'])
  })

  test('a message has a text or files, never both', async () => {
    const { messages } = resultOf(await send(market, makeCall('getChatHistory', scene))) as { messages: object[] } // the published answer
    const shapes = new Set(messages.map(message => Object.keys(message).sort().join(' ')))

    expect(shapes).toEqual(new Set(['createdAt message messageId sender', 'createdAt messageId payload sender']))
  })
})

test('whoever sends is told OK and nothing else', async () => {
  const text = await send(market, makeCall('sendMessageToChat', scene))
  const file = await send(market, { ...makeCall('sendFileToChat', scene), body: makeForm(new Uint8Array(9)) })

  expect([text.text, file.text]).toEqual(['{"status":"OK"}', '{"status":"OK"}'])
})

test('createChat answers the chat id and changes nothing about a chat that is there', async () => {
  const before = await send(market, makeCall('getChat', scene))
  const reply = await send(market, makeCall('createChat', scene))
  const after = await send(market, makeCall('getChat', scene))

  expect(reply.text).toBe(`{"status":"OK","result":{"chatId":${scene.chatId}}}`)
  expect(after.text).toBe(before.text)
})

test('the last page has a paging without a token', async () => {
  for (const name of ['getChats', 'getChatHistory', 'getCampaigns'] as const) {
    const reply = await send(market, makeCall(name, scene))

    expect(reply.text, name).toContain('"paging":{}')
  }
})

describe('dates', () => {
  test('are Moscow time to the second, of the moment that is stored', async () => {
    const chat = resultOf(await send(market, makeCall('getChat', scene)))
    const [row] = await market.sql<{ createdAt: Date; updatedAt: Date }[]>`
      select created_at as "createdAt", updated_at as "updatedAt" from market.chats where chat_id = ${scene.chatId}`
    const toSecond = (date: unknown) => Math.floor(new Date(date as string | Date).getTime() / 1000)

    expect([chat['createdAt'], chat['updatedAt']].join()).toMatch(/^(,?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00){2}$/)
    expect([chat['createdAt'], chat['updatedAt']].map(toSecond)).toEqual([row?.createdAt, row?.updatedAt].map(toSecond))
  })

  test('of a chat without messages are the same', async () => {
    const chat = resultOf(await send(market, makeCall('getChat', { ...scene, chatId: scene.emptyChat })))

    expect(chat).toMatchObject({ status: 'NEW', type: 'CHAT', updatedAt: chat['createdAt'] })
  })
})

test('ids beyond 2^53 come back digit for digit wherever they stand', async () => {
  const chat = await send(market, makeCall('getChat', { ...scene, chatId: scene.giantChat }))
  const history = await send(market, makeCall('getChatHistory', { ...scene, chatId: scene.giantChat }))
  const returned = await send(market, makeCall('getChat', { ...scene, chatId: scene.returnChat }))

  expect(chat.text.match(/"orderId":9223372036854775807[,}]/g)).toHaveLength(2)
  expect(history.text.match(/"orderId":9223372036854775807[,}]/g)).toHaveLength(2)
  expect(returned.text.match(/"returnId":9223372036854775807[,}]/g)).toHaveLength(1)
})

test('chat and message ids fit a JavaScript number', async () => {
  for (const id of [scene.chatId, scene.messageId, scene.giantChat]) expect(id).toBeLessThanOrEqual(2n ** 53n - 1n)
})
