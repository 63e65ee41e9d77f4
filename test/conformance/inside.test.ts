/** What of the published API is seen only by whoever also looks into the market, or makes there what no shop can make. */
import { describe, expect, test } from 'vitest'
import { maxInt64, type OperationName, type ReturnId } from '#contract'
import { openDirectChat } from '../../src/market/chats/open-chat.ts'
import { type CustomerId, findCustomer } from '../../src/market/store/customers.ts'
import { listKeys, revokeKey } from '../../src/market/store/keys.ts'
import { saveReturn } from '../../src/market/store/orders.ts'
import { makeBusiness } from '../support/business.ts'
import { badRequest, brief, envelope, makeCall, resultOf, send, useScene } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const scene = useScene(market)

const chatOf = async (chatId: bigint) => resultOf(await send(market, makeCall('getChat', { ...scene, chatId })))
const open = async (context: unknown) => {
  const reply = await send(market, { ...makeCall('createChat', scene), json: { context } })
  return BigInt(Number(resultOf(reply)['chatId']))
}

describe('what a chat is about', () => {
  test('an order: with its customer and its campaign', async () => {
    const { orderId, campaignId, customer } = scene
    const chat = await chatOf(scene.chatId)

    expect(chat).toMatchObject({ orderId: Number(orderId) })
    expect(chat['context']).toEqual({
      type: 'ORDER',
      orderId: Number(orderId),
      campaignId: Number(campaignId),
      customer,
    })
  })

  test('a return of the highest id, digit for digit, and its order', async () => {
    await saveReturn(
      market.sql,
      scene.businessId,
      { returnId: maxInt64 as ReturnId, orderId: scene.orderId },
      new Date(),
    )
    const chatId = await open({ type: 'RETURN', id: maxInt64 })
    const { text } = await send(market, makeCall('getChat', { ...scene, chatId }))

    expect((await chatOf(chatId))['context']).toMatchObject({ type: 'RETURN', orderId: Number(scene.orderId) })
    expect(text.match(/"returnId":9223372036854775807[,}]/g)).toHaveLength(1)
  })

  test('nothing: with its customer alone', async () => {
    const { customerId } = (await findCustomer(market.sql, scene.customer.publicId)) ?? { customerId: 0n as CustomerId }
    const { chatId } = await openDirectChat(market.running.market, scene.businessId, customerId, new Date())

    expect((await chatOf(chatId))['context']).toEqual({ type: 'DIRECT', customer: scene.customer })
  })
})

test('dates are of the moment that is stored, to the second', async () => {
  const chat = await chatOf(scene.chatId)
  const [row] = await market.sql<{ createdAt: Date; updatedAt: Date }[]>`
    select created_at as "createdAt", updated_at as "updatedAt" from market.chats where chat_id = ${scene.chatId}`
  const toSecond = (date: unknown) => Math.floor(new Date(date as string | Date).getTime() / 1000) // one of the two kinds

  expect([chat['createdAt'], chat['updatedAt']].map(toSecond)).toEqual([row?.createdAt, row?.updatedAt].map(toSecond))
})

test('a return has a chat neither in a DBS shop nor about a test order', async () => {
  const dbs = await makeBusiness(market, { placementType: 'dbs' })
  const ofDbs = await dbs.call('/chats/new', { context: { type: 'RETURN', id: await dbs.makeReturn() } })
  const returnId = await scene.makeReturn()
  await market.sql`
    update market.orders o set fake = true from market.returns r
     where r.return_id = ${returnId} and r.order_id = o.order_id and r.business_id = o.business_id`
  const json = { context: { type: 'RETURN', id: returnId } }
  const ofTest = await send(market, { ...makeCall('createChat', scene), json })

  expect(brief(ofDbs)).toEqual(badRequest('Chats about returns are not available for DBS shops'))
  expect(brief(ofTest)).toEqual(badRequest('Chats about returns are not available for test orders'))
})

describe('a key', () => {
  test('shows its name, and its scopes in capitals', async () => {
    const headers = { 'api-key': await scene.makeKey(['communication', 'all-methods:read-only']) }
    const reply = await send(market, { ...makeCall('getAuthTokenInfo', scene), headers })

    expect(reply.body).toEqual({
      status: 'OK',
      result: { apiKey: { name: 'Ключ', authScopes: ['COMMUNICATION', 'ALL_METHODS_READ_ONLY'] } },
    })
  })

  test('that is revoked is refused by the next request', async () => {
    const token = await scene.makeKey(['communication'])
    const call = { ...makeCall('getChats', scene), headers: { 'api-key': token } }
    const before = await send(market, call)
    const keys = await listKeys(market.sql, scene.businessId)
    await revokeKey(market.sql, scene.businessId, keys.at(-1)?.keyId ?? 0n, new Date())
    market.running.market.keyring.changed()

    const after = await send(market, call)

    expect(before.status).toBe(200)
    expect(brief(after)).toEqual({ status: 401, text: envelope('UNAUTHORIZED', 'Api-Key token is revoked') })
  })
})

describe('what no other server is asked', () => {
  const withBody: OperationName[] = [
    'getChats',
    'getChatHistory',
    'createChat',
    'sendMessageToChat',
    'getBusinessOrders',
  ]

  test.each(withBody)('%s is not harmed by half a million open brackets', async name => {
    const { json: _json, ...call } = makeCall(name, scene)
    const headers = { ...call.headers, 'content-type': 'application/json' }
    const reply = await send(market, { ...call, headers, body: '['.repeat(500_000) })

    expect(brief(reply)).toEqual(badRequest('JSON: nested deeper than 32 levels'))
  })

  test('a text may look like the SQL of this market', async () => {
    const message = `<script>'; drop table market.chats; --`
    const chatId = await scene.makeChat()
    await send(market, { ...makeCall('sendMessageToChat', { ...scene, chatId }), json: { message } })

    const history = resultOf(await send(market, makeCall('getChatHistory', { ...scene, chatId })))
    expect(history['messages']).toMatchObject([{ message }])
  })
})
