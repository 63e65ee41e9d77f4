import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { requireCustomer } from '../../src/market/admin/access/require.ts'
import { CustomerFeeds } from '../../src/market/buyers/customer-feeds.ts'
import type { CustomerId } from '../../src/market/store/customers.ts'
import { makeBusiness } from '../support/business.ts'
import { makeBuyer, openOrderChat } from '../support/buyer.ts'
import { useMarket } from '../support/test-market.ts'
import { watchSql } from '../support/watched-sql.ts'

const market = useMarket()
const chats = 60
let customerId: CustomerId
beforeAll(async () => {
  const shop = await makeBusiness(market)
  const buyer = await makeBuyer(market, shop.customer.publicId)
  const open = async () => openOrderChat(buyer, shop, await shop.makeOrder())
  await Promise.all(Array.from({ length: chats }, open))
  customerId = (await requireCustomer(market.sql, buyer.publicId)).customerId
})

test('of a stream that was left nothing more is read, and its place is free only when nothing is', async () => {
  const { open, watched } = makeFeeds()

  watched.hold()
  for (let index = 0; index < 20; index++) open().destroy()
  await vi.waitFor(() => expect(watched.seen.asked).toBe(4), { timeout: 30_000 })

  expect(open).toThrow('At most 20 event streams')
  watched.letGo()
  await vi.waitFor(() => expect(() => open().destroy()).not.toThrow(), { timeout: 30_000 })
  expect(watched.seen.asked).toBeLessThanOrEqual(5)
})

test('streams with much to tell read little at a time, and tell all of it', async () => {
  const { open, watched } = makeFeeds()

  const told = await Promise.all(Array.from({ length: 6 }, () => toldBy(open())))

  for (const chatIds of told) expect(new Set(chatIds).size).toBe(chats)
  expect(watched.seen).toMatchObject({ mostAtOnce: 4, mostRows: 50 })
})

/** The event streams of a process, opened for a customer with many chats; what they ask the database is seen. */
function makeFeeds() {
  const watched = watchSql(market.running.market.sql)
  const feeds = new CustomerFeeds({ ...market.running.market, sql: watched.sql })
  onTestFinished(() => feeds.close())
  const grant = { purpose: 'buyer', subject: `${customerId}`, madeAfter: 0 } as const
  return { watched, open: () => feeds.open({ customerId, grant }, 0n, new Socket()) }
}

/** The chats that a stream tells of, until it has told of all. */
async function toldBy(body: Readable): Promise<string[]> {
  const told: string[] = []
  for await (const chunk of body) {
    for (const [, chatId = ''] of String(chunk).matchAll(/event: chat\n.*\ndata: .*?"chatId":(\d+)/g)) told.push(chatId)
    if (told.length >= chats) break
  }
  return told
}
