import { expect, test } from 'vitest'
import type { ChatId } from '#contract'
import type { Queries } from '../../src/database/connect.ts'
import { findFirstMessageSince, postMessages } from '../../src/market/store/messages.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const start = Date.parse('2026-03-01T09:00:00Z')
const minute = (number: number) => new Date(start + number * 60_000)

/** Writes so many messages at that minute; their ids. */
async function write(
  { businessId }: TestBusiness,
  chatId: ChatId,
  count: number,
  at: number,
): Promise<(bigint | null)[]> {
  const item = {
    business: `${businessId}`,
    chat: `${chatId}`,
    customer: null,
    event: 'partner_writes',
    sender: 'partner',
    kind: 'text',
  } as const
  const items = Array.from({ length: count }, (_, index) => ({ ...item, text: `${index}` }))
  const posted = await postMessages(market.sql, items, minute(at))
  return posted.map(({ eventId }) => eventId)
}

async function makeChatAt(openedAt: number) {
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  // The chat was opened now: its time would lift that of its messages.
  await market.sql`
    update market.chats set changed_at = ${minute(openedAt)} where business_id = ${shop.businessId}`
  return { shop, chatId, find: (at: Date) => findFirstMessageSince(market.sql, shop.businessId, chatId, at) }
}

test('the first message since a moment is the oldest that is not older', async () => {
  const { shop, chatId, find } = await makeChatAt(0)
  const [early] = await write(shop, chatId, 3, 1)
  const [late] = await write(shop, chatId, 3, 5)

  expect(await find(minute(0))).toBe(early)
  expect(await find(minute(1))).toBe(early)
  expect(await find(new Date(minute(1).getTime() + 1))).toBe(late)
  expect(await find(minute(5))).toBe(late)
  expect(await find(minute(6))).toBeUndefined()
})

test('what is new in a long chat is found without reading what is old', async () => {
  const { shop, chatId } = await makeChatAt(0)
  for (let index = 0; index < 4; index++) await write(shop, chatId, 500, 1)
  const [first] = await write(shop, chatId, 3, 5)
  await market.sql`analyze market.messages`

  const { found, read } = await market.sql.begin(async sql => {
    const before = await countReads(sql)
    const found = await findFirstMessageSince(sql, shop.businessId, chatId, minute(5))
    return { found, read: (await countReads(sql)) - before }
  })

  expect(found).toBe(first)
  expect(read).toBeLessThan(10)
})

/** How many messages this connection has read. */
async function countReads(sql: Queries): Promise<number> {
  const [row] = await sql<[{ read: bigint }]>`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'messages'`
  return Number(row.read)
}
