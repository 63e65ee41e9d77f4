import { describe, expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { connect } from '../../src/database/connect.ts'
import { askAdmin, problemOf } from '../support/admin.ts'
import { makeBusiness } from '../support/business.ts'
import { ask } from '../support/http.ts'
import { makeCall, makeForm, makeScene, operationNames, send } from '../support/published-calls.ts'
import { readLog, walkLog } from '../support/query-log.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ isHourlyLifted: false })
const clock = makeManualClock(new Date('2026-03-01T09:10:00Z'))
const still = useMarket({ clock })

describe('what is logged', () => {
  test('a call of every operation, with its key, its time, its trace, and both bodies', async () => {
    const scene = await makeScene(market)
    const replies = []
    for (const name of operationNames) replies.push(await send(market, makeCall(name, scene)))
    const { requests } = await readLog(market, scene.businessId)
    const logged = requests.slice(0, operationNames.length).reverse()

    expect(logged.map(request => request.operation)).toEqual(operationNames)
    expect(logged.map(request => request.responseBody)).toEqual(replies.map(reply => reply.text))
    expect(logged.map(request => request.traceId)).toEqual(
      replies.map(reply => reply.headers.get('traceparent')?.split('-')[1]),
    )
    const message = logged.find(request => request.operation === 'sendMessageToChat')
    expect(message).toEqual({
      requestId: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      method: 'POST',
      path: `/v2/businesses/${scene.businessId}/chats/message?chatId=${scene.chatId}`,
      operation: 'sendMessageToChat',
      status: 200,
      durationMs: expect.any(Number),
      traceId: expect.any(String),
      integration: 'Ключ',
      keyId: expect.any(Number),
      requestBody: '{"message":"Уже отправили"}',
      responseBody: '{"status":"OK"}',
      isCut: false,
    })
  })

  test('of a file its name and size, also when it was refused, and no byte of it', async () => {
    const scene = await makeScene(market)
    const bytes = new Uint8Array(Buffer.from('SECRET-BYTES'.repeat(1100)))
    const call = makeCall('sendFileToChat', scene)
    await send(market, { ...call, body: makeForm(bytes, 'чек 7.txt') })
    await send(market, { ...call, body: makeForm(new Uint8Array(6 * 1024 * 1024), 'big.bin') })
    await send(market, { ...call, query: { chatId: '2' }, body: makeForm(bytes) })
    const { requests } = await readLog(market, scene.businessId, { operation: 'sendFileToChat' })

    expect(requests.map(request => [request.status, request.requestBody])).toEqual([
      [404, expect.stringMatching(/^\[multipart, 13 \d{3} bytes\]$/)],
      [400, expect.stringMatching(/^\[multipart, 6 291 \d{3} bytes\]$/)],
      [200, '[file "чек 7.txt", 13 200 bytes]'],
    ])
    expect(JSON.stringify(requests)).not.toContain('SECRET')
  })

  test('refusals, by their status: bad bodies, other scopes, other businesses, what is not there, spent hours', async () => {
    const scene = await makeScene(market)
    const other = await makeBusiness(market)
    const noRight = await scene.makeKey(['pricing'])
    const chats = makeCall('getChats', scene)
    await send(market, { ...chats, json: '{"types": 7' })
    await send(market, { ...chats, headers: { 'api-key': noRight } })
    await send(market, { ...chats, path: chats.path.replace(`${scene.businessId}`, `${other.businessId}`) })
    await send(market, { ...makeCall('getChat', scene), query: { chatId: '2' } })
    await market.sql`update market.hourly_hits set hits = 1000000 where business_id = ${scene.businessId} and operation = 'getChats'`
    await send(market, chats)
    const { requests } = await readLog(market, scene.businessId)

    expect(requests.slice(0, 5).map(request => request.status)).toEqual([420, 404, 403, 403, 400])
    expect(requests[4]).toMatchObject({
      requestBody: '{"types": 7',
      responseBody: expect.stringContaining('BAD_REQUEST'),
    })
    expect((await readLog(market, other.businessId)).requests).toEqual([])
  })

  test('nothing of who has no valid key, and no body of HEAD', async () => {
    const scene = await makeScene(market)
    const { requests: before } = await readLog(market, scene.businessId)
    const chat = makeCall('getChat', scene)
    await send(market, { ...chat, headers: {} })
    await send(market, { ...chat, headers: { 'api-key': `${scene.token}x` } })
    await ask(`${market.url}${chat.path}?chatId=${scene.chatId}`, { method: 'HEAD', headers: chat.headers })
    const { requests } = await readLog(market, scene.businessId)

    expect(requests.length - before.length).toBe(1)
    expect(requests[0]).toMatchObject({ method: 'HEAD', operation: 'getChat', status: 200 })
    expect(requests[0]).not.toHaveProperty('responseBody')
  })

  test('the path as it was sent', async () => {
    const scene = await makeScene(market)
    const path = `/businesses/${scene.businessId}/chat.json?chatId=${scene.chatId}&%D1%8F=1`
    await ask(market.url + path, { headers: { 'api-key': scene.token } })

    expect((await readLog(market, scene.businessId)).requests[0]).toMatchObject({ path, operation: 'getChat' })
  })
})

test('the token of the caller is nowhere in the log, however it comes into a path or a body', async () => {
  const scene = await makeScene(market)
  const secret = scene.token.slice(5, 45)
  const inJson = Array.from(scene.token, char => `\\u00${char.charCodeAt(0).toString(16)}`).join('')
  const inUrl = Array.from(scene.token, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).join('')
  const call = makeCall('sendMessageToChat', scene)
  await send(market, { ...call, json: { message: `мой ключ ${scene.token}, не теряйте` } })
  await send(market, { ...call, json: `{"message":"${inJson}"}` })
  await send(market, { ...call, json: { message: secret } })
  await send(market, { ...call, headers: { authorization: `Bearer ${scene.token}` }, json: { message: scene.token } })
  await send(market, { ...call, query: { chatId: scene.token } })
  await ask(`${market.url}${call.path}?chatId=${inUrl}`, { method: 'POST', headers: call.headers, json: {} })
  await send(market, {
    ...makeCall('sendFileToChat', scene),
    body: makeForm(new Uint8Array([1]), `${scene.token}.txt`),
  })
  await send(market, makeCall('getChatHistory', scene))
  const { requests } = await readLog(market, scene.businessId)
  const rows = await market.sql<{ row: string }[]>`select r::text as row from market.requests r`
  const decoded = rows.map(({ row }) =>
    row.replace(/(?:%|\\+u00)([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  )

  expect(requests).toHaveLength(11)
  expect(requests[7]?.requestBody).toBe('{"message":"мой ключ …, не теряйте"}')
  expect(requests[0]?.responseBody).toContain('мой ключ …, не теряйте')
  expect(decoded.length).toBeGreaterThan(10)
  expect(decoded.filter(row => row.includes(secret))).toEqual([])
})

describe('a search', () => {
  test('finds by operation, status, class of status, key and text, and by all of them', async () => {
    const scene = await makeScene(market)
    const crm = await scene.makeKey(['communication'])
    await market.sql`update market.api_keys set name = 'CRM' where business_id = ${scene.businessId} and name = 'Ключ' and key_id = (select max(key_id) from market.api_keys)`
    await market.running.market.keyring.changed()
    const call = makeCall('sendMessageToChat', scene)
    await send(market, { ...call, json: { message: 'ГДЕ мой Заказ? 100%_"\\ [a-z].*' } })
    await send(market, {
      ...call,
      json: '{"message":"\\u0412\\u0435\\u0440\\u043D\\u0438\\u0442\\u0435 \\ud83d\\ude00"}',
    })
    await send(market, { ...call, headers: { 'api-key': crm }, query: { chatId: '5' } })
    const count = async (filter: Record<string, string>) =>
      (await readLog(market, scene.businessId, filter)).requests.length

    expect(await count({ operation: 'sendMessageToChat' })).toBe(4)
    expect(await count({ status: '404' })).toBe(1)
    expect(await count({ status: '4xx' })).toBe(1)
    expect(await count({ status: '5xx' })).toBe(0)
    expect(await count({ integration: 'CRM' })).toBe(1)
    expect(await count({ integration: 'crm' })).toBe(0)
    expect(await count({ text: 'где МОЙ заказ' })).toBe(1)
    expect(await count({ text: '%_"\\ [A-Z].*' })).toBe(1)
    expect(await count({ text: 'верните 😀' })).toBe(1)
    expect(await count({ text: '.*' })).toBe(1)
    expect(await count({ text: 'Яё'.repeat(100) })).toBe(0)
    expect(await count({ text: 'CHATID=5' })).toBe(1)
    expect(await count({ text: 'chatId', status: '404', operation: 'sendMessageToChat', integration: 'CRM' })).toBe(1)
    expect(await count({ text: 'chatId', status: '404', integration: 'Ключ' })).toBe(0)
  })

  test.each([
    ['status', '99'],
    ['status', '4x'],
    ['status', "404' or 1=1"],
    ['operation', 'getEverything'],
    ['text', 'a'.repeat(201)],
    ['limit', '201'],
    ['pageToken', 'bm90IGEgdG9rZW4'],
  ])('refuses %s=%s', async (name, value) => {
    const { businessId } = await makeBusiness(market)
    const reply = await askAdmin(
      market,
      `GET /businesses/${businessId}/requests?${new URLSearchParams({ [name]: value })}`,
    )

    expect(problemOf(reply)).toMatchObject({ status: 400, errors: [{ at: name }] })
  })

  test('is for the admin and the business itself, and of a business that is there', async () => {
    const scene = await makeScene(market)
    const path = `/businesses/${scene.businessId}` as const
    const { body } = await askAdmin(market, `POST ${path}/cabinet-tokens`, { name: 'Разработчик' })
    const adminToken = (body as { token: string }).token
    const own = await askAdmin({ ...market, adminToken }, `GET ${path}/requests`)
    const foreign = await askAdmin({ ...market, adminToken }, 'GET /businesses/77/requests')

    expect([own.status, foreign.status]).toEqual([200, 403])
    expect((await askAdmin(market, 'GET /businesses/77/requests')).status).toBe(404)
    expect((await ask(`${market.url}/admin/v1${path}/requests`)).status).toBe(401)
  })
})

describe('a long log', () => {
  /** So many requests, a second apart, the newest last; each tenth is refused. */
  async function makeLog(count: number, bytes = 20): Promise<bigint> {
    const { businessId } = await makeBusiness(market)
    const sql = connect(market.databaseUrl, { max: 1, name: 'test', isPatient: true })
    await sql`
      insert into market.requests (lane, business_id, at, request_id, key_id, operation, method, path, status, duration_ms,
                                   trace_id, request_body, response_body, is_cut, text_bytes)
      select market.lane_of(${businessId}), ${businessId}, now() - make_interval(secs => ${count} - n), n,
             (select key_id from market.api_keys where business_id = ${businessId}), 'getChats', 'POST', '/v2',
             case when n % 10 = 0 then 400 else 200 end, 1, gen_random_uuid(),
             case n when 5 then 'иголка' else repeat('x', ${bytes}) end, '{}', false, ${bytes} + 5
        from generate_series(1, ${count}::integer) n`
    await sql.end()
    return businessId
  }

  test('is walked with a filter to its end, each request once, newest first', async () => {
    const businessId = await makeLog(3_000)

    const pages = await walkLog(market, businessId, { status: '400', limit: '70' })

    const ids = pages.flatMap(page => page.requests.map(request => request.requestId))
    expect(ids).toEqual(Array.from({ length: 300 }, (_id, index) => 3_000 - index * 10))
    expect(pages.map(page => page.requests.length)).toEqual([70, 70, 70, 70, 20])
    const unfiltered = await walkLog(market, businessId, { limit: '200' })
    expect(unfiltered.flatMap(page => page.requests)).toHaveLength(3_000)
  })

  test('a page looks through 4 000 requests at the most and says how far it got', async () => {
    const businessId = await makeLog(9_000)

    const pages = await walkLog(market, businessId, { text: 'ИГОЛКА' })

    expect(pages.map(page => page.requests.length)).toEqual([0, 0, 1])
    const back = pages.map(page =>
      Math.round((market.running.market.clock.now().getTime() - Date.parse(page.searchedBack)) / 1_000),
    )
    expect(back[0]).toBeGreaterThanOrEqual(3_999)
    expect(back[0]).toBeLessThan(4_600)
    expect(back[1]).toBeGreaterThanOrEqual(7_999)
    expect(back[2]).toBeGreaterThanOrEqual(10 * 24 * 60 * 60 - 1)
  })

  test('a page reads 64 MB of text at the most', async () => {
    const businessId = await makeLog(1_100, 128 * 1024)

    const pages = await walkLog(market, businessId, { text: 'иголка' })

    expect(pages.map(page => page.requests.length)).toEqual([0, 0, 1])
    expect(await walkLog(market, businessId, { status: '400', limit: '200' })).toHaveLength(1)
  })

  test("a place in it is good for the same search of the same business alone, and others' requests never show", async () => {
    const [one, two] = [await makeLog(30), await makeLog(30)]
    const { nextPageToken = '' } = await readLog(market, one, { status: '200', limit: '5' })
    const statusOf = async (businessId: bigint, query: Record<string, string>) =>
      (
        await askAdmin(
          market,
          `GET /businesses/${businessId}/requests?${new URLSearchParams({ ...query, pageToken: nextPageToken })}`,
        )
      ).status

    expect(await statusOf(one, { status: '200' })).toBe(200)
    expect(await statusOf(two, { status: '200' })).toBe(400)
    expect(await statusOf(one, { status: '2xx' })).toBe(400)
    const { requests } = await readLog(market, two, { limit: '200' })
    expect(requests).toHaveLength(30)
  })
})

test('calls of one moment stand in the order they came in, however long each took', async () => {
  const scene = await makeScene(still)
  for (const chatId of ['2', '3', '4', '5', '6', '7'])
    await send(still, { ...makeCall('getChat', scene), query: { chatId } })
  const { requests } = await readLog(still, scene.businessId, { operation: 'getChat' })

  expect(requests.map(({ at, path }) => [at, path.at(-1)])).toEqual(
    ['7', '6', '5', '4', '3', '2'].map(chatId => [clock.now().toISOString(), chatId]),
  )
})

describe('hostile texts', () => {
  const texts: Record<string, string> = {
    'a piece of SQL': "'); drop table market.requests; --",
    'an escaped zero': '{"message":"\\u0000"}',
    'a zero': '{"message":"a\0b"}',
    'half a character, escaped': '{"message":"\\ud83d"}',
    'right to left': '{"message":"\u202Eeman\u200F \uFEFF"}',
    'a lonely quote': '{"message":"\\"}',
    backslashes: '\\\\\\"\\u',
    'braces of arrays': '{NULL,"{}",\\N}',
  }

  test.each(Object.entries(texts))('%s is kept as it came, and all beside it', async (_name, text) => {
    const scene = await makeScene(market)
    await send(market, { ...makeCall('sendMessageToChat', scene), json: text })
    await send(market, makeCall('getChat', scene))
    const { requests } = await readLog(market, scene.businessId)

    expect(requests[1]?.requestBody).toBe(text.replaceAll('\0', '\uFFFD'))
    expect(requests).toHaveLength(5)
  })

  test('of 400 KB of emoji the first 64 KB are kept, and of 5 MB nothing', async () => {
    const scene = await makeScene(market)
    const call = makeCall('sendMessageToChat', scene)
    await send(market, { ...call, json: `"x${'😀'.repeat(100_000)}"` })
    await send(market, { ...call, json: { message: '😀'.repeat(1_300_000) } })
    const { requests } = await readLog(market, scene.businessId)

    expect(requests[1]).toMatchObject({ status: 400, isCut: true })
    expect(requests[1]?.requestBody).toBe(`"x${'😀'.repeat(16_383)}`)
    expect(requests[0]).toMatchObject({ status: 400, isCut: false })
    expect(requests[0]).not.toHaveProperty('requestBody')
  })
})

test('whoever watches the business is told that its log has grown, once for many writes', async () => {
  const scene = await makeScene(market)
  const { bus, queryLog } = market.running.market
  const told: string[] = []
  const stop = bus.onEvent(
    event => event.about === 'requests' && event.businessId === `${scene.businessId}` && told.push(event.about),
  )
  for (let writes = 0; writes < 40; writes++) {
    await send(market, makeCall('getChat', scene))
    await queryLog?.flush()
  }
  await expect.poll(() => told.length).toBeGreaterThan(0)
  stop()

  expect(told.length).toBeLessThan(40)
})

test('what was written since whoever watches was told is told of a moment later', async () => {
  const scene = await makeScene(market)
  const { bus, queryLog } = market.running.market
  const write = async () => {
    await send(market, makeCall('getChat', scene))
    await queryLog?.flush()
  }
  const nextWord = () => {
    const word = Promise.withResolvers<void>()
    const stop = bus.onEvent(event => event.about === 'requests' && word.resolve())
    return word.promise.finally(stop)
  }

  const first = nextWord()
  await write()
  await first
  const second = nextWord()
  await write()

  await expect(second).resolves.toBeUndefined()
})
