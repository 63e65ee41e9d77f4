import { pino } from 'pino'
import { expect, test } from 'vitest'
import { makeBusiness } from '../support/business.ts'
import { useDesk } from '../support/desk-app.ts'
import { type DeskPerson, invite, signInOwner } from '../support/desk-person.ts'
import { ask } from '../support/http.ts'
import { startTestDesk, writeAs } from '../support/test-desk.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const desk = useDesk()

type Cabinet = {
  cabinetId: number
  state: string
  freshness: { phase: string; isMirrored: boolean; chatsKnown: number }
}

const listOf = async (owner: DeskPerson) => (await owner.get<{ cabinets: Cabinet[] }>('GET /cabinets')).cabinets
const check = (owner: DeskPerson, apiKey: string, baseUrl = market.url) =>
  owner.ask('POST /cabinets/check', { json: { baseUrl, apiKey } })

async function connect(owner: DeskPerson, shop: { businessId: bigint; token: string }) {
  const { businessId, token: apiKey } = shop
  return owner.get<Cabinet>('POST /cabinets', { baseUrl: market.url, apiKey, businessId })
}

test('a good key is checked, connected, and its chats come', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market, { scopes: ['communication', 'inventory-and-order-processing:read-only'] })
  await shop.makeChat()

  const checked = await check(owner, ` ${shop.token}\n`)
  const cabinet = await connect(owner, shop)

  expect(checked.body).toEqual({
    ...{ keyName: 'Ключ', canWrite: true, missing: [], chats: 1, firstMirror: { calls: 2, minutes: 1 } },
    scopes: ['COMMUNICATION', 'INVENTORY_AND_ORDER_PROCESSING_READ_ONLY'],
    businesses: [
      {
        ...{ businessId: Number(shop.businessId), name: `Кабинет ${shop.businessId}` },
        campaigns: [{ campaignId: Number(shop.campaignId), name: 'Лавка' }],
      },
    ],
  })
  expect(cabinet).toMatchObject({
    name: `Кабинет ${shop.businessId}`,
    isYandex: false,
    canWrite: true,
    state: 'active',
  })
  const query = `GET /chats?view=all&cabinetId=${cabinet.cabinetId}` as const
  await expect.poll(async () => (await owner.get<{ total: number }>(query)).total).toBe(1)
  const freshness = async () =>
    (await listOf(owner)).find(({ cabinetId }) => cabinetId === cabinet.cabinetId)?.freshness
  expect(cabinet.freshness).toMatchObject({ isMirrored: false })
  await expect.poll(freshness).toMatchObject({ phase: 'live', isMirrored: true })
  await owner.get(`PATCH /cabinets/${cabinet.cabinetId}`, { state: 'paused' })
  await expect.poll(freshness).toMatchObject({ phase: 'paused', isMirrored: true })
})

test('a key that only reads says what it cannot do, and nobody answers with it', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const token = await shop.makeKey(['all-methods:read-only'])

  const checked = await check(owner, token)
  const { cabinetId } = await connect(owner, { ...shop, token })
  const path = `/cabinets/${cabinetId}/chats/${chatId}` as const
  await expect.poll(async () => (await owner.ask(`GET ${path}`)).status).toBe(200)
  const answered = await owner.ask(`POST ${path}/answers`, { json: { answerId: crypto.randomUUID(), text: 'Едет' } })

  expect(checked.body).toMatchObject({ canWrite: false, missing: ['COMMUNICATION'] })
  expect(await owner.get(`GET ${path}`)).toMatchObject({ canAnswer: false, whyNot: 'scope' })
  expect(answered.body).toMatchObject({ status: 422, why: 'scope' })
})

test('a wrong key, one without chats, a market that is away and nonsense are told apart, and nothing is kept', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market)
  const blind = await shop.makeKey(['pricing'])
  const known = (await listOf(owner)).length

  const outcomes = [
    await check(owner, 'ACMA:wrong:key'),
    await check(owner, blind),
    await check(owner, shop.token, 'http://127.0.0.1:1'),
    await check(owner, shop.token, 'not an address'),
  ]
  const json = { baseUrl: market.url, apiKey: shop.token, businessId: 1 }
  const other = await owner.ask('POST /cabinets', { json })

  expect(outcomes.map(({ status, body }) => [status, (body as { why: string }).why])).toEqual([
    [422, 'refused'],
    [422, 'refused'],
    [422, 'away'],
    [422, 'invalid'],
  ])
  expect(other.body).toMatchObject({ status: 422, why: 'notOpened' })
  expect(await listOf(owner)).toHaveLength(known)
})

test('a business is connected once; it is renamed, paused, given another key, and disconnected with all that is known of it', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market)
  await shop.makeChat()
  const { cabinetId } = await connect(owner, shop)
  const path = `/cabinets/${cabinetId}` as const
  const again = await owner.ask('POST /cabinets', {
    json: { baseUrl: `${market.url}/`, apiKey: shop.token, businessId: shop.businessId },
  })

  const changed = await owner.get(`PATCH ${path}`, { name: 'Лавка', state: 'paused' })
  const wrongKey = await owner.ask(`PATCH ${path}`, { json: { apiKey: 'wrong', name: 'Другая' } })
  await owner.get(`PATCH ${path}`, { state: 'active', apiKey: await shop.makeKey(['all-methods']) })

  expect(again.status).toBe(409)
  expect(changed).toMatchObject({ name: 'Лавка', state: 'paused', freshness: { phase: 'paused' } })
  expect(wrongKey.body).toMatchObject({ status: 422, why: 'refused' })
  expect(await listOf(owner)).toContainEqual(
    expect.objectContaining({ cabinetId, name: 'Лавка', scopes: ['ALL_METHODS'] }),
  )
  await owner.get(`DELETE ${path}`)
  expect(await listOf(owner)).not.toContainEqual(expect.objectContaining({ cabinetId }))
  expect(await owner.get(`GET /views?cabinetId=${cabinetId}`)).toMatchObject({ counts: { all: 0 } })
  for (const operation of [`PATCH ${path}`, `DELETE ${path}`] as const)
    expect((await owner.ask(operation, { json: {} })).status).toBe(404)
  for (const operation of [`GET ${path}/sync`, `POST ${path}/proof`] as const)
    expect((await owner.ask(operation)).status).toBe(404)
})

test('the page tells where notifications go, that they come, and the last proof', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const { cabinetId } = await connect(owner, shop)
  const read = () =>
    owner.get<{ notificationUrl: string; notifiedAt?: string; gaps: number; proof?: object; isProofWanted: boolean }>(
      `GET /cabinets/${cabinetId}/sync`,
    )
  const { notificationUrl, notifiedAt } = await read()
  const told = { notificationType: 'CHAT_CREATED', businessId: Number(shop.businessId), chatId: Number(chatId) }
  const json = { ...told, createdAt: '2026-05-05T10:00:00.000Z' }

  const taken = await ask(notificationUrl, { method: 'POST', json })
  const guessed = await ask(`${desk.url}/notification/${'A'.repeat(22)}`, { method: 'POST', json })
  await owner.get(`POST /cabinets/${cabinetId}/proof`)

  expect(notificationUrl).toMatch(new RegExp(`^${desk.url}/notification/[\\w-]{22}$`))
  expect([notifiedAt, taken.status, guessed.status]).toEqual([undefined, 200, 404])
  await expect.poll(async () => (await read()).notifiedAt).toBeDefined()
  await expect.poll(async () => (await read()).proof).toMatchObject({ chats: 1, missing: 0, different: 0, details: [] })
  expect(await read()).toMatchObject({ gaps: 0, isProofWanted: false })
})

test('no Api-Key is in any answer, and whoever reads the database finds none', async () => {
  const owner = await signInOwner(desk)
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  const { cabinetId } = await connect(owner, shop)
  await expect.poll(async () => (await owner.ask(`GET /cabinets/${cabinetId}/chats/${chatId}`)).status).toBe(200)
  const paths = [
    '/cabinets',
    `/cabinets/${cabinetId}/sync`,
    '/chats?view=all',
    `/cabinets/${cabinetId}/chats/${chatId}`,
  ]

  const answers = [
    await check(owner, shop.token),
    await owner.ask(`PATCH /cabinets/${cabinetId}`, { json: { apiKey: shop.token } }),
    ...(await Promise.all(paths.map(path => owner.ask(`GET ${path as '/'}`)))),
  ]
  const [, secret = ''] = shop.token.split(':')
  const rows = await desk.sql<{ row: string }[]>`
    select c::text || s::text as row from desk.cabinets c join desk.syncs s using (cabinet_id)`

  expect(secret.length).toBeGreaterThan(20)
  for (const { text, headers } of answers) expect(text + JSON.stringify([...headers])).not.toContain(secret)
  for (const { row } of rows) {
    expect(row).not.toContain(secret)
    expect(row).not.toContain(Buffer.from(secret).toString('hex'))
  }
})

test('no Api-Key, no cookie, no ticket and no text of a buyer is in the log, at its most talkative', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) })
  const running = await startTestDesk(desk, { log })
  const owner = await signInOwner(running)
  const shop = await makeBusiness(market)
  const chatId = await shop.makeChat()
  await writeAs('customer', { market, shop, chatId }, 'канарейка в чате')
  const { token: apiKey, businessId } = shop
  const { cabinetId } = await owner.get<Cabinet>('POST /cabinets', { baseUrl: market.url, apiKey, businessId })
  await expect
    .poll(async () => (await owner.ask(`GET /cabinets/${cabinetId}/chats/${chatId}`)).text)
    .toContain('канарейка')
  await check(owner, `${apiKey}x`)

  const link = await running.ownerLink()
  running.desk.log.info('the log is written')
  const written = lines.join('\n')
  expect(written).toContain('the log is written')
  for (const secret of [apiKey.split(':')[1], owner.cookie.split('=')[1], link.split('=')[1], 'канарейка'])
    expect(written).not.toContain(secret)
})

test('who is no owner connects and changes nothing', async () => {
  const operator = await invite(desk, 'operator')

  for (const operation of [
    'POST /cabinets/check',
    'POST /cabinets',
    'PATCH /cabinets/1',
    'DELETE /cabinets/1',
  ] as const)
    expect((await operator.ask(operation, { json: {} })).status, operation).toBe(403)
  expect((await operator.ask('GET /cabinets')).status).toBe(200)
})
