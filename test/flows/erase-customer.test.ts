import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { OrderId } from '#contract'
import { systemClock } from '#kit'
import { sweepFiles } from '../../src/market/files/sweep-files.ts'
import { askAdmin, askAdminFor } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { ask } from '../support/http.ts'
import { storedPath } from '../support/stored-file.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const hourMs = 60 * 60_000
const photo = new TextEncoder().encode('a photo of a parcel at the door of a flat')

type Message = { sender: string; kind: string; text?: string; file?: { name: string; url: string } }
type Page = { messages: Message[] }

const messagesOf = async (chat: string) => (await askAdminFor<Page>(market, `GET ${chat as '/'}/messages`)).messages
const pathOf = (publicId: string) => `/customers/${encodeURIComponent(publicId)}` as const

/** The tables in which a text is found. The query log keeps what was asked for ten days. */
async function tablesWith(text: string): Promise<string[]> {
  const { sql } = market
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
     where table_schema = 'market' and table_type = 'BASE TABLE' and table_name <> 'requests'`
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::integer as count from query_to_xml(${`select * from market.${name}`}, true, true, '') as all_of_it
       where position(${text} in all_of_it::text) > 0`
    if (row?.count) found.push(name)
  }
  return found
}

test('what a customer wrote and sent, and who they were, is gone for good; what others wrote stays', async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const chat = await openOrderChat(buyer, shop, await shop.makeOrder())
  await buyer.ask(`POST ${chat}/messages`, { text: 'My address is 12 Canary Street' })
  await buyer.sendFile(chat, photo, 'door-of-canary.png')
  await askAdminFor(market, `POST ${chat as '/'}/support-messages`, { text: 'Hello from support' })
  const [, file] = await messagesOf(chat)
  const [row] = await market.sql<{ hash: string }[]>`
    select file_hash as hash from market.messages where lane = market.lane_of(${shop.businessId}) and file_hash is not null`
  expect(await tablesWith('Canary Street')).toEqual(['messages'])
  expect(await tablesWith(buyer.publicId)).toEqual(['customers'])

  const erased = await askAdminFor(market, `DELETE ${pathOf(buyer.publicId)}`)

  const places = await Promise.all(['Canary', 'canary', buyer.publicId, 'Борис'].map(tablesWith))
  expect(erased).toEqual({ messages: 2 })
  expect(places).toEqual([[], [], [], []])
  expect((await messagesOf(chat)).map(({ sender, kind, text }) => [sender, kind, text])).toEqual([
    ['CUSTOMER', 'text', 'Удалено по просьбе покупателя'],
    ['CUSTOMER', 'text', 'Удалено по просьбе покупателя'],
    ['SUPPORT', 'text', 'Hello from support'],
  ])
  expect((await buyer.ask('GET /chats')).status).toBe(401)
  expect((await ask(file?.file?.url ?? '', { headers: { 'api-key': shop.token } })).status).toBe(404)
  const path = storedPath(market, shop.businessId, row?.hash ?? '')
  expect(existsSync(path)).toBe(true)
  await sweepFiles({ ...market.running.market, now: new Date(systemClock.now().getTime() + 2 * hourMs) })
  expect(existsSync(path)).toBe(false)
})

test('another customer of the same business keeps everything, and a publicId that comes back is a new customer', async () => {
  const shop = await makeBusiness(market)
  const [gone, other] = [await makeBuyer(market), await makeBuyer(market, shop.customer.publicId)]
  const chat = await openOrderChat(other, shop, await shop.makeOrder())
  await other.ask(`POST ${chat}/messages`, { text: 'I am still here' })
  const orderId = 987_654_321n as OrderId // put below
  const order = { campaignId: shop.campaignId, customerPublicId: gone.publicId }
  await askAdminFor(market, `PUT /businesses/${shop.businessId}/orders/${orderId}`, order)
  await gone.ask(`POST ${await openOrderChat(gone, shop, orderId)}/messages`, { text: 'I was here' })

  const erased = await askAdminFor(market, `DELETE ${pathOf(gone.publicId)}`)
  const again = await makeBuyer(market, gone.publicId)

  expect(erased).toEqual({ messages: 1 })
  expect((await messagesOf(chat)).map(({ text }) => text)).toEqual(['I am still here'])
  expect((await again.ask('GET /chats')).body).toMatchObject({ chats: [] })
  expect((await askAdmin(market, `DELETE ${pathOf('nobody')}`)).status).toBe(404)
})
