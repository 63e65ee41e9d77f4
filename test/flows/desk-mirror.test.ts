import { expect, test } from 'vitest'
import { operations } from '#contract'
import { wantProof } from '../../src/desk/store/syncs.ts'
import { askAdmin } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { subscribe } from '../support/subscriptions.ts'
import { connectCabinet, readDeskChat, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ arePrivateWebhooksAllowed: true, isHourlyLifted: false })
const never = 24 * 60 * 60 * 1000

const readSync = async (cabinetId: bigint) => {
  const [row] = await market.sql<
    { phase: string | null; proof: Record<string, unknown> | null; gaps: number; limits: unknown }[]
  >`
    select progress ->> 'phase' as phase, proof, limits, (progress ->> 'gaps')::integer as gaps
      from desk.syncs where cabinet_id = ${cabinetId}`
  return row
}

test('chats are mirrored with whose move it is, and what comes is found without notifications', async () => {
  const shop = await makeBusiness(market)
  const [asked, answered] = [await shop.makeChat(), await shop.makeChat()]
  await writeAs('customer', { market, shop, chatId: asked }, 'Где заказ?')
  await writeAs('customer', { market, shop, chatId: answered }, 'Спасибо')
  await writeAs('partner', { market, shop, chatId: answered }, 'Пожалуйста')
  const running = await startTestDesk(market)

  const cabinetId = await connectCabinet(running, market, shop)
  const look = (chatId: bigint) => readDeskChat(market.sql, { cabinetId, chatId })

  await expect.poll(() => look(asked)).toMatchObject({ view: 'waiting', unread: 1, waits: true, texts: ['Где заказ?'] })
  const after = { view: 'buyer', unread: 0, waits: false, lastText: 'Пожалуйста', texts: ['Спасибо', 'Пожалуйста'] }
  await expect.poll(() => look(answered)).toEqual(after)
  await writeAs('customer', { market, shop, chatId: answered }, 'И ещё вопрос')
  await expect.poll(() => look(answered)).toMatchObject({ view: 'waiting', unread: 1, lastText: 'И ещё вопрос' })
})

test('a notification brings news before the next sweep', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const running = await startTestDesk(market, { sweepEveryMs: never })
  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readSync(cabinetId)).toMatchObject({ phase: 'live' })
  const path = await running.desk.cabinets.notificationPath(cabinetId)
  await subscribe(market.sql, shop, { url: `${running.url}${path}` })

  await writeAs('customer', { market, shop, chatId }, 'Ау')

  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toMatchObject({ lastText: 'Ау' })
  await expect.poll(async () => (await running.desk.cabinets.find(cabinetId))?.notifiedAt).toBeInstanceOf(Date)
})

test('a proof that is asked for compares everything', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'раз')
  const running = await startTestDesk(market)
  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toMatchObject({ texts: ['раз'] })

  await wantProof(market.sql, cabinetId, new Date())
  running.desk.bus.publish({ about: 'proof', cabinetId: `${cabinetId}` })

  const same = { chats: 1, messages: 1, missing: 0, different: 0, details: [] }
  await expect.poll(async () => (await readSync(cabinetId))?.proof).toMatchObject(same)
  const { getChatHistory } = operations
  const used = { limit: getChatHistory.perHour, used: expect.any(Number), until: expect.any(String) }
  await expect.poll(async () => (await readSync(cabinetId))?.limits).toMatchObject({ [getChatHistory.name]: used })
})

test('a key that the market takes no more is told of, and the cabinet is worked again with another', async () => {
  const shop = await makeBusiness(market)
  const running = await startTestDesk(market)
  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readSync(cabinetId)).toMatchObject({ phase: 'live' })
  const [key] = await market.sql<[{ keyId: bigint }]>`
    select key_id as "keyId" from market.api_keys where business_id = ${shop.businessId}`
  const state = async () => (await running.desk.cabinets.find(cabinetId))?.state

  await askAdmin(market, `DELETE /businesses/${shop.businessId}/keys/${key.keyId}`)
  await expect.poll(state).toBe('refused')
  const another = await shop.makeKey(['communication'])
  expect(await running.desk.cabinets.changeKey(cabinetId, another)).toEqual({ outcome: 'changed' })

  const chatId = await makeBusinessChat(another, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toBeDefined()
  expect(await state()).toBe('active')
})

async function makeBusinessChat(token: string, shop: Awaited<ReturnType<typeof makeBusiness>>): Promise<bigint> {
  const orderId = await shop.makeOrder()
  const answer = await fetch(`${market.url}/v2/businesses/${shop.businessId}/chats/new`, {
    ...{ method: 'POST', headers: { 'api-key': token, 'content-type': 'application/json' } },
    body: `{"context":{"type":"ORDER","id":${orderId}}}`,
  })
  const { result } = (await answer.json()) as { result: { chatId: number } } // the published answer
  return BigInt(result.chatId)
}

test('of the calls that a market takes at once, half are left to other programs of the shop', async () => {
  const shop = await makeBusiness(market)
  const chatIds = await Promise.all(Array.from({ length: 20 }, () => shop.makeChat()))
  await Promise.all(chatIds.map(chatId => writeAs('customer', { market, shop, chatId }, 'Ау')))
  let [underWay, most] = [0, 0]
  const counting: typeof fetch = async (input, init) => {
    if (!`${input}`.includes(`/${shop.businessId}/`)) return fetch(input, init) // the desk works other cabinets, too
    most = Math.max(most, ++underWay)
    return fetch(input, init).finally(() => underWay--)
  }
  const running = await startTestDesk(market, { fetch: counting })
  const cabinetId = await connectCabinet(running, market, shop)

  await expect.poll(() => readSync(cabinetId)).toMatchObject({ phase: 'live' })
  expect(most).toBe(2)
})

test('a first mirror that is cut short is completed by the next desk', async () => {
  const shop = await makeBusiness(market)
  const chatIds = await Promise.all(Array.from({ length: 40 }, () => shop.makeChat()))
  await Promise.all(chatIds.map(chatId => writeAs('customer', { market, shop, chatId }, `в чате ${chatId}`)))
  const read: bigint[] = []
  let left = 15
  const stalling: typeof fetch = (input, init) => {
    const url = new URL(`${input}`)
    if (!url.pathname.endsWith(`/${shop.businessId}/chats/history`)) return fetch(input, init)
    if (left-- <= 0)
      return new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )
    read.push(BigInt(url.searchParams.get('chatId') ?? ''))
    return fetch(input, init)
  }
  const first = await startTestDesk(market, { fetch: stalling })
  const cabinetId = await connectCabinet(first, market, shop)
  const count = async () => {
    const [row] = await market.sql<[{ count: number }]>`
      select count(distinct chat_id)::integer as count from desk.messages where cabinet_id = ${cabinetId}`
    return row.count
  }
  await expect.poll(count).toBe(15)
  await first.stop()

  left = 1_000
  await startTestDesk(market, { fetch: stalling })

  await expect.poll(count).toBe(40)
  expect(new Set(read)).toEqual(new Set(chatIds))
})
