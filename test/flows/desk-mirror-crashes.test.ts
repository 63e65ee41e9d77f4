import { expect, test } from 'vitest'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type DeskEnd, forkDesk } from '../support/forked-desk.ts'
import { connectCabinet, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const hasty = { leaseTtlMs: 900 }

/** A cabinet that nobody works, of a shop with chats, the first of which has two pages of messages. */
async function makePlace() {
  const shop = await makeBusiness(market)
  const chatIds = await Promise.all(Array.from({ length: 5 }, () => shop.makeChat()))
  const [long = 0n] = chatIds
  const first = await startTestDesk(market)
  const cabinetId = await connectCabinet(first, market, shop)
  await first.desk.cabinets.setState(cabinetId, 'paused')
  await first.stop()
  await Promise.all(chatIds.map(chatId => writeAs('customer', { market, shop, chatId }, `в чате ${chatId}`)))
  for (let n = 0; n < 130; n++) await writeAs('customer', { market, shop, chatId: long }, `письмо ${n}`)
  await market.sql`delete from desk.chats where cabinet_id = ${cabinetId}`
  await market.sql`update desk.cabinets set state = 'active' where cabinet_id = ${cabinetId}`
  return { shop, chatIds, cabinetId }
}

type Place = { shop: TestBusiness; cabinetId: bigint }

const readMarket = ({ shop }: Place) =>
  market.sql`
    select chat_id as chat, message_id as id, body as text from market.messages
     where business_id = ${shop.businessId} order by chat_id, message_id`
const readDesk = ({ cabinetId }: Place) =>
  market.sql`
    select chat_id as chat, message_id as id, text from desk.messages
     where cabinet_id = ${cabinetId} order by chat_id, message_id`

const ends: DeskEnd[] = [
  { path: '/chats?', number: 1, when: 'after' },
  { path: 'oken=', number: 1, when: 'before' },
  { path: '/chats/history', number: 1, when: 'after' },
]

test('wherever the reading of a mirror is killed, the next desk goes on, and nothing is missing', async () => {
  const place = await makePlace()

  for (const end of ends) await (await forkDesk({ ...market, end })).ended
  await startTestDesk(market, hasty)

  const all = await readMarket(place)
  await expect.poll(() => readDesk(place)).toEqual(all)
  expect(all).toHaveLength(135)
})

test('a desk that is killed while a page is put leaves the page with its mark or neither, and the next waits for it', async () => {
  const place = await makePlace()
  const { cabinetId, chatIds } = place
  const short = chatIds[1] ?? 0n
  const killed = await forkDesk({ ...market, end: { path: '/chats/history', number: 1, when: 'before' } })
  await killed.ended
  const isPutting = async () => {
    const rows = await market.sql`
      select from pg_stat_activity where wait_event_type = 'Lock' and query like '%desk.put_messages%' and datname = current_database()`
    return rows.length
  }
  const countPut = async () =>
    (await market.sql`select from desk.messages where cabinet_id = ${cabinetId} and chat_id = ${short}`).length
  const one = await forkDesk(market)

  await market.sql.begin(async transaction => {
    await transaction`select from desk.chats where cabinet_id = ${cabinetId} and chat_id = ${short} for update`
    await expect.poll(isPutting).toBeGreaterThan(0)
    // Of this chat, a page that was put before the lock was taken may be there.
    const before = await countPut()
    one.process.kill('SIGKILL')
    await one.ended
    await startTestDesk(market, hasty)
    await market.sql`update desk.leases set expires_at = now() where cabinet_id = ${cabinetId}`
    expect(await countPut()).toBe(before)
  })

  const all = await readMarket(place)
  await expect.poll(() => readDesk(place)).toEqual(all)
})
