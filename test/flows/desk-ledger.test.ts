import { expect, test } from 'vitest'
import { notificationTypeOf } from '#contract'
import type { RunningDesk } from '#desk'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type DeskPerson, personWith, signInBy } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'
import { connectCabinet, readDeskChat, startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

type Gaps = { gaps: number; gapsIn: { chatId: number; isKnown: boolean; told: number; customerName?: string }[] }
type Sync = Gaps & { phase: string; notificationUrl: string }

/** A market whose history of some chats cannot be read as long as a test says so. */
function makeDeafFetch() {
  const deafTo = new Set<bigint>()
  const deaf: typeof fetch = (input, init) => {
    const url = new URL(`${input}`)
    const isDeaf = url.pathname.endsWith('/chats/history') && deafTo.has(BigInt(url.searchParams.get('chatId') ?? ''))
    return isDeaf ? Promise.resolve(new Response('not JSON', { status: 200 })) : fetch(input, init)
  }
  return { deafTo, fetch: deaf }
}

async function scene() {
  const { deafTo, fetch } = makeDeafFetch()
  const running = await startTestDesk(market, { fetch })
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'раз')
  const cabinetId = await connectCabinet(running, market, shop)
  const owner = await signInBy(running, await running.ownerLink())
  const place = { cabinetId, chatId }
  await expect.poll(() => readDeskChat(market.sql, place)).toMatchObject({ texts: ['раз'] })
  await expect.poll(() => readSync(owner, cabinetId)).toMatchObject({ phase: 'live', gaps: 0, gapsIn: [] })
  return { deafTo, fetch, running, shop, place, owner }
}

const readSync = (person: DeskPerson, cabinetId: bigint) => person.get<Sync>(`GET /cabinets/${cabinetId}/sync`)

type Told = { shop: TestBusiness; chatId: bigint; messageId: bigint }

/** As the market would, or whoever knows the address. */
async function notify(url: string, { shop, chatId, messageId }: Told): Promise<void> {
  const said = {
    notificationType: notificationTypeOf.message_sent,
    businessId: Number(shop.businessId),
    chatId: Number(chatId),
  }
  const json = { ...said, messageId: `${messageId}`, sentAt: new Date().toISOString() }
  expect((await ask(url, { method: 'POST', json })).status).toBe(200)
}

/** As if so much time had passed since anything was told. */
async function age(cabinetId: bigint): Promise<void> {
  await market.sql`update desk.told_messages set told_at = told_at - interval '2 minutes' where cabinet_id = ${cabinetId}`
  await market.sql`update desk.chats set news_since = news_since - interval '2 minutes' where cabinet_id = ${cabinetId}`
}

async function newestId(chatId: bigint): Promise<bigint> {
  const [row] = await market.sql<[{ id: bigint }]>`
    select max(message_id) as id from market.messages where chat_id = ${chatId}`
  return row.id
}

const countTold = async (cabinetId: bigint) =>
  (await market.sql`select from desk.told_messages where cabinet_id = ${cabinetId}`).length

const countOf = async ({ desk }: RunningDesk, owner: DeskPerson, cabinetId: bigint) => {
  const { cabinets } = await owner.get<{ cabinets: { cabinetId: number; freshness: { gaps: number } }[] }>(
    'GET /cabinets',
  )
  expect(await desk.cabinets.find(cabinetId)).toBeDefined()
  return cabinets.find(each => BigInt(each.cabinetId) === cabinetId)?.freshness.gaps
}

test('a message that was told of and did not come is a gap for every desk, after a restart too, until it comes', async () => {
  const { deafTo, fetch, running, shop, place, owner } = await scene()
  const { cabinetId, chatId } = place
  const { notificationUrl } = await readSync(owner, cabinetId)
  deafTo.add(chatId)
  await writeAs('customer', { market, shop, chatId }, 'два')
  await notify(notificationUrl, { shop, chatId, messageId: await newestId(chatId) })
  await expect.poll(() => countTold(cabinetId)).toBe(1)
  await age(cabinetId)
  const gap = { gaps: 1, gapsIn: [expect.objectContaining({ chatId: Number(chatId), isKnown: true, told: 1 })] }

  expect(await readSync(owner, cabinetId)).toMatchObject(gap)
  expect(await countOf(running, owner, cabinetId)).toBe(1)
  await running.stop()
  const next = await startTestDesk(market, { fetch })
  const again = personWith(next, owner.cookie)
  expect(await readSync(again, cabinetId)).toMatchObject(gap)
  deafTo.clear()

  await expect.poll(() => readSync(again, cabinetId), { timeout: 15_000 }).toMatchObject({ gaps: 0, gapsIn: [] })
  expect(await readDeskChat(market.sql, place)).toMatchObject({ texts: ['раз', 'два'] })
})

test('news that the list shows and that was not read is a gap without any notification', async () => {
  const { deafTo, shop, place, owner } = await scene()
  const { cabinetId, chatId } = place
  deafTo.add(chatId)
  await writeAs('customer', { market, shop, chatId }, 'два')
  const hasNews = async () =>
    (await market.sql`select from desk.chats where cabinet_id = ${cabinetId} and news_since is not null`).length
  await expect.poll(hasNews).toBe(1)
  await age(cabinetId)

  expect(await readSync(owner, cabinetId)).toMatchObject({ gaps: 1, gapsIn: [{ told: 0, isKnown: true }] })
  deafTo.clear()
  await expect.poll(() => readSync(owner, cabinetId), { timeout: 15_000 }).toMatchObject({ gaps: 0 })
  expect(await readDeskChat(market.sql, place)).toMatchObject({ texts: ['раз', 'два'] })
})

test('what a forged notification names is no gap any more when the market does not have it', async () => {
  const { running, shop, place, owner } = await scene()
  const { cabinetId, chatId } = place
  const { notificationUrl } = await readSync(owner, cabinetId)
  const forged = [
    { shop, chatId, messageId: 2n ** 62n },
    { shop, chatId: 2n ** 40n, messageId: 7n },
    { shop, chatId: 0n, messageId: 8n },
  ]

  for (const each of forged) await notify(notificationUrl, each)
  await expect.poll(() => countTold(cabinetId)).toBe(3)
  await running.desk.cabinets.setState(cabinetId, 'paused')
  await age(cabinetId)
  expect(await readSync(owner, cabinetId)).toMatchObject({ gaps: 3 })
  await running.desk.cabinets.setState(cabinetId, 'active')

  await expect.poll(() => readSync(owner, cabinetId), { timeout: 15_000 }).toMatchObject({ gaps: 0 })
  expect(await countTold(cabinetId)).toBe(0)
})
