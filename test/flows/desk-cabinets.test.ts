import { expect, test } from 'vitest'
import { rotateSecret } from '#desk'
import { makeBusiness } from '../support/business.ts'
import { readAnswers, say } from '../support/desk-answers.ts'
import { connectCabinet, readDeskChat, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const secret = 'a secret of the tests'
const nowhere = 'http://127.0.0.1:1'

test('a key is checked: what it opens, how many chats there are, what the first mirror costs', async () => {
  const shop = await makeBusiness(market)
  for (let n = 0; n < 21; n++) await shop.makeChat()
  const { desk } = await startTestDesk(market)

  expect(await desk.cabinets.check({ baseUrl: `${market.url}/`, apiKey: shop.token })).toEqual({
    outcome: 'opens',
    key: {
      ...{ keyName: 'Ключ', scopes: ['COMMUNICATION'], canWrite: true },
      missing: ['INVENTORY_AND_ORDER_PROCESSING_READ_ONLY'],
      businesses: [
        {
          ...{ businessId: shop.businessId, name: `Кабинет ${shop.businessId}` },
          campaigns: [{ campaignId: shop.campaignId, name: 'Лавка' }],
        },
      ],
      ...{ chats: 21, firstMirror: { calls: 23, minutes: 1 } },
    },
  })
})

test('a read-only key says what it cannot do', async () => {
  const shop = await makeBusiness(market)
  const apiKey = await shop.makeKey(['all-methods:read-only'])
  const { desk } = await startTestDesk(market)

  const checked = await desk.cabinets.check({ baseUrl: market.url, apiKey })

  expect(checked).toMatchObject({ outcome: 'opens', key: { canWrite: false, missing: ['COMMUNICATION'] } })
})

test('a key that opens no chats, is not known or is no key is refused; a market may be away', async () => {
  const shop = await makeBusiness(market)
  const { cabinets } = (await startTestDesk(market)).desk
  const pricing = await shop.makeKey(['pricing'])
  const other = await makeBusiness(market)
  const { businessId } = shop

  const opensNoChats = { outcome: 'refused', why: expect.stringContaining('does not open chats') }
  expect(await cabinets.check({ baseUrl: market.url, apiKey: pricing })).toMatchObject(opensNoChats)
  const unknown = `${shop.token.slice(0, 5)}${'x'.repeat(40)}:00000000`
  expect(await cabinets.check({ baseUrl: market.url, apiKey: unknown })).toMatchObject({ outcome: 'refused' })
  expect(await cabinets.check({ baseUrl: market.url, apiKey: 'ключ' })).toMatchObject({ outcome: 'invalid' })
  expect(await cabinets.check({ baseUrl: nowhere, apiKey: shop.token })).toMatchObject({ outcome: 'away' })
  const notMine = await cabinets.add({ baseUrl: market.url, apiKey: other.token, businessId })
  expect(notMine).toEqual({ outcome: 'notOpened' })
})

test('one business of a market is one cabinet, and its key stands nowhere as it is', async () => {
  const shop = await makeBusiness(market)
  const running = await startTestDesk(market)
  const cabinetId = await connectCabinet(running, market, shop)
  const again = { baseUrl: `${market.url}/`, apiKey: shop.token, businessId: shop.businessId }

  expect(await running.desk.cabinets.add(again)).toEqual({ outcome: 'known' })
  const [{ row }] = await market.sql<[{ row: string }]>`
    select c::text || encode(sealed_key, 'escape') as row from desk.cabinets c where cabinet_id = ${cabinetId}`
  expect(row).toContain('Кабинет')
  expect(row).not.toContain(shop.token.slice(5, 20))
})

test('a paused cabinet is not worked until it goes on', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const running = await startTestDesk(market)
  const cabinetId = await connectCabinet(running, market, shop)
  const place = { cabinetId, chatId }
  await expect.poll(() => readDeskChat(market.sql, place)).toBeDefined()
  await connectCabinet(running, market, await makeBusiness(market))
  const isHeld = async () => {
    const [lease] = await market.sql<{ owner: string | null }[]>`
      select owner from desk.leases where cabinet_id = ${cabinetId}`
    return lease?.owner !== null
  }

  await running.desk.cabinets.setState(cabinetId, 'paused')
  await expect.poll(isHeld).toBe(false)
  await say(running, place, { text: 'раз' })
  await running.desk.cabinets.setState(cabinetId, 'active')

  await expect.poll(() => readAnswers(market.sql, place)).toEqual(['раз confirmed'])
})

test('a removed cabinet takes all that was mirrored with it', async () => {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'Ау')
  const running = await startTestDesk(market)
  const cabinetId = await connectCabinet(running, market, shop)
  await expect.poll(() => readDeskChat(market.sql, { cabinetId, chatId })).toMatchObject({ texts: ['Ау'] })

  expect(await running.desk.cabinets.remove(cabinetId)).toBe(true)

  expect(await running.desk.cabinets.find(cabinetId)).toBeUndefined()
  expect(await market.sql`select from desk.messages where cabinet_id = ${cabinetId}`).toHaveLength(0)
  expect(await running.desk.cabinets.remove(cabinetId)).toBe(false)
})

test('with another secret a desk does not start; rotated, everything is sealed with the new one', async () => {
  const shop = await makeBusiness(market)
  const first = await startTestDesk(market)
  const cabinetId = await connectCabinet(first, market, shop)
  const path = await first.desk.cabinets.notificationPath(cabinetId)
  await first.stop()

  await expect(startTestDesk(market, { secret: 'another' })).rejects.toThrow(/sealed with another secret/)
  await expect(rotateSecret(market.sql, { from: 'wrong', to: 'another' })).rejects.toThrow(/another secret/)
  await rotateSecret(market.sql, { from: secret, to: 'another' })
  const second = await startTestDesk(market, { secret: 'another' })

  expect(await second.desk.cabinets.openKey(cabinetId)).toBe(shop.token)
  expect(await second.desk.cabinets.notificationPath(cabinetId)).toBe(path)
  await second.stop()
  await rotateSecret(market.sql, { from: 'another', to: secret })
})
