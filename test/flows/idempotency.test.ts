import { describe, expect, test } from 'vitest'
import { type BusinessId, headers, operations } from '#contract'
import { makeManualClock } from '#kit'
import { laneOf } from '../../src/market/store/lane.ts'
import { doUpkeep } from '../../src/market/upkeep.ts'
import { ask } from '../support/http.ts'
import { brieflyOnce, done, readSaid, replayed, sayOnce, sendFileOnce } from '../support/once.ts'
import { badRequest, brief, envelope, makeCall, makeScene, operationNames, send } from '../support/published-calls.ts'
import { readLog } from '../support/query-log.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const dayMs = 24 * 60 * 60_000
const clock = makeManualClock(new Date('2026-03-01T12:00:00Z'))
const market = useMarket({ clock, isHourlyLifted: false })

const reused = {
  status: 422,
  text: envelope('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for another request of the business'),
}

test('a message that is sent again with its key is answered again and written once', async () => {
  const scene = await makeScene(market)
  await subscribe(market.sql, scene, { url: 'https://shop.invalid/', types: ['message_sent'] })

  const first = await sayOnce(market, scene, { key: 'a' })
  const again = [await sayOnce(market, scene, { key: 'a' }), await sayOnce(market, scene, { key: 'a' })]

  expect(brieflyOnce(first)).toEqual(done)
  expect(again.map(brieflyOnce)).toEqual([replayed, replayed])
  expect(again.map(reply => reply.status)).toEqual([200, 200])
  expect(await readSaid(market, scene)).toEqual(['Уже в пути'])
  expect(await readDeliveries(market.sql, scene)).toHaveLength(1)
})

test('a key does not tell one request from another with the same words', async () => {
  const scene = await makeScene(market)

  const answers = [
    await sayOnce(market, scene, { key: 'a' }),
    await sayOnce(market, scene, { key: 'b' }),
    await sayOnce(market, scene, { key: undefined }),
    await sayOnce(market, scene, { key: undefined }),
  ]

  expect(answers.map(brieflyOnce)).toEqual([done, done, done, done])
  expect(await readSaid(market, scene)).toHaveLength(4)
})

test('white space at the ends of a text, which is cut off, makes no other request of it', async () => {
  const scene = await makeScene(market)

  await sayOnce(market, scene, { key: 'a', message: 'Да' })

  expect(brieflyOnce(await sayOnce(market, scene, { key: 'a', message: ' Да\n' }))).toEqual(replayed)
})

test('a key with another text, in another chat or for a file is refused, and nothing is written', async () => {
  const scene = await makeScene(market)
  const elsewhere = await scene.makeChat()
  await sayOnce(market, scene, { key: 'a' })

  const answers = [
    await sayOnce(market, scene, { key: 'a', message: 'Ещё нет' }),
    await sayOnce(market, scene, { key: 'a', chatId: elsewhere }),
    await sendFileOnce(market, scene, { key: 'a', bytes: [1] }),
  ]

  expect(answers.map(brief)).toEqual([reused, reused, reused])
  expect(answers.map(reply => reply.headers.get(headers.idempotencyReplayed))).toEqual([null, null, null])
  expect(await readSaid(market, scene)).toEqual(['Уже в пути'])
  expect(await readSaid(market, scene, elsewhere)).toEqual([])
})

test('a file that is sent again with its key is written once; another name or content is another request', async () => {
  const scene = await makeScene(market)
  const file = { key: 'a', bytes: [1, 2, 3], name: 'one.bin' }

  const first = await sendFileOnce(market, scene, file)
  const again = await sendFileOnce(market, scene, file)
  const others = [
    await sendFileOnce(market, scene, { ...file, name: 'two.bin' }),
    await sendFileOnce(market, scene, { ...file, bytes: [1, 2, 4] }),
    await sayOnce(market, scene, { key: 'a', message: 'one.bin' }),
  ]

  expect([first, again].map(brieflyOnce)).toEqual([done, replayed])
  expect(others.map(brief)).toEqual([reused, reused, reused])
  expect(await readSaid(market, scene)).toEqual(['one.bin'])
})

test('a refusal is not kept: the same key may be used when the request is mended', async () => {
  const scene = await makeScene(market)
  const readOnly = { ...scene, token: await scene.makeKey(['all-methods:read-only']) }

  const refused = [
    await sayOnce(market, scene, { key: 'a', chatId: 7n }),
    await sayOnce(market, scene, { key: 'a', message: '' }),
    await sayOnce(market, readOnly, { key: 'a' }),
    await sendFileOnce(market, scene, { key: 'a', bytes: [] }),
    await sendFileOnce(market, { ...scene, chatId: 7n }, { key: 'a', bytes: [1] }),
  ]
  const mended = await sayOnce(market, scene, { key: 'a' })

  expect(refused.map(reply => reply.status)).toEqual([404, 400, 403, 400, 404])
  expect(brieflyOnce(mended)).toEqual(done)
  expect(await readSaid(market, scene)).toEqual(['Уже в пути'])
})

test('a request that the hour keeps out leaves its key free', async () => {
  const scene = await makeScene(market)
  const keptOut = { key: 'a', message: 'Рано' }
  let left = Number((await sayOnce(market, scene, { key: undefined })).headers.get(headers.remaining))
  const spend = () => sayOnce(market, scene, { key: undefined, message: '' })
  for (; left > 0; left -= 4) await Promise.all(Array.from({ length: Math.min(4, left) }, spend))

  const early = await sayOnce(market, scene, keptOut)
  clock.advance(60 * 60_000)
  const later = await sayOnce(market, scene, { ...keptOut, message: 'Пора' })

  expect(early.status).toBe(420)
  expect(brieflyOnce(later)).toEqual(done)
  expect(await readSaid(market, scene)).toEqual(['Уже в пути', 'Пора'])
})

test('the key of another business is another key', async () => {
  const [one, two] = [await makeScene(market), await makeScene(market)]

  const answers = [await sayOnce(market, one, { key: 'a' }), await sayOnce(market, two, { key: 'a', message: 'Нет' })]

  expect(answers.map(brieflyOnce)).toEqual([done, done])
})

test('so it is where both stand in one lane, and each is kept for as long as its own time says', async () => {
  const scene = await makeScene(market)
  const lane = laneOf(scene.businessId)
  const ids = Array.from({ length: 10_000 }, (_each, index) => BigInt(index + 1) as BusinessId) // of nobody
  const before = ids.find(id => laneOf(id) === lane && id < scene.businessId)
  const after = ids.map(id => (scene.businessId + id) as BusinessId).find(id => laneOf(id) === lane) // likewise
  for (const id of [before, after]) {
    await market.sql`
      insert into market.idempotency_keys (lane, business_id, key_hash, fingerprint, message_id, created_at)
      values (${lane}, ${id}, sha256('a'), '', 1, ${new Date(clock.now().getTime() + dayMs)})`
  }
  const answers = [await sayOnce(market, scene, { key: 'a' }), await sayOnce(market, scene, { key: 'a' })]

  clock.advance(14 * dayMs + 1)
  await doUpkeep(market.running.market)

  expect(answers.map(brieflyOnce)).toEqual([done, replayed])
  const left = await market.sql<{ id: bigint }[]>`
    select business_id as id from market.idempotency_keys where lane = ${lane} order by business_id`
  expect(left.map(({ id }) => id)).toEqual([before, after])
})

test('a key of the business is the same under another API key of it', async () => {
  const scene = await makeScene(market)
  const other = { ...scene, token: await scene.makeKey(['communication']) }

  const answers = [await sayOnce(market, scene, { key: 'a' }), await sayOnce(market, other, { key: 'a' })]

  expect(answers.map(brieflyOnce)).toEqual([done, replayed])
})

describe('a key', () => {
  const unfit = badRequest('Idempotency-Key must be 1 to 200 visible ASCII characters')

  test.each([
    ['empty', ''],
    ['of two words', 'a b'],
    ['with a tab', 'a\tb'],
    ['of other letters', 'é'],
    ['of 201 characters', 'x'.repeat(201)],
  ])('is never %s: 400, and nothing is written', async (_what, key) => {
    const scene = await makeScene(market)

    const answers = [await sayOnce(market, scene, { key }), await sendFileOnce(market, scene, { key, bytes: [1] })]

    expect(answers.map(brief)).toEqual([unfit, unfit])
    expect(await readSaid(market, scene)).toEqual([])
  })

  test('is never two headers', async () => {
    const { verb, path, query, headers: given, json } = makeCall('sendMessageToChat', await makeScene(market))
    const twice = new Headers({ ...given, 'content-type': 'application/json' })
    for (const key of ['a', 'b']) twice.append(headers.idempotencyKey, key)
    const body = JSON.stringify(json)
    const url = `${market.url}${path}?${new URLSearchParams(query)}`

    const answer = await fetch(url, { method: verb, headers: twice, body })

    expect({ status: answer.status, text: await answer.text() }).toEqual(unfit)
  })

  test.each([
    ['one character', '!'],
    ['in quotation marks', '"8e03978e-40d5"'],
    ['of 200 characters', '~'.repeat(200)],
  ])('may be %s', async (_what, key) => {
    const scene = await makeScene(market)

    const answers = [await sayOnce(market, scene, { key }), await sayOnce(market, scene, { key })]

    expect(answers.map(brieflyOnce)).toEqual([done, replayed])
  })

  test('of a reading request is not looked at', async () => {
    const call = makeCall('getChat', await makeScene(market))

    const answer = await send(market, { ...call, headers: { ...call.headers, [headers.idempotencyKey]: 'a b' } })

    expect(answer.status).toBe(200)
  })
})

test('a key is kept for fourteen days of the market, then removed', async () => {
  const scene = await makeScene(market)
  await sayOnce(market, scene, { key: 'a' })

  clock.advance(14 * dayMs - 1)
  await doUpkeep(market.running.market)
  const early = await sayOnce(market, scene, { key: 'a' })
  clock.advance(2)
  await doUpkeep(market.running.market)
  const late = await sayOnce(market, scene, { key: 'a', message: 'Заново' })

  expect([early, late].map(brieflyOnce)).toEqual([replayed, done])
  expect(await readSaid(market, scene)).toEqual(['Уже в пути', 'Заново'])
})

test('however many keys are too old, they are removed, and no other', async () => {
  const scene = await makeScene(market)
  await sayOnce(market, scene, { key: 'a' })
  clock.advance(14 * dayMs + 1)
  await sayOnce(market, scene, { key: 'b' })
  await market.sql`
    insert into market.idempotency_keys (lane, business_id, key_hash, fingerprint, message_id, created_at)
    select lane, business_id, sha256(n::text::bytea), fingerprint, message_id, created_at
      from market.idempotency_keys cross join generate_series(1, 2500) n
     where business_id = ${scene.businessId} and created_at < ${clock.now()}`

  await doUpkeep(market.running.market)

  const left = await market.sql`select from market.idempotency_keys where business_id = ${scene.businessId}`
  expect(left.count).toBe(1)
  expect(brieflyOnce(await sayOnce(market, scene, { key: 'b' }))).toEqual(replayed)
})

test('an answer that is given again costs one of the hour and stands in the query log, like any other', async () => {
  const scene = await makeScene(market)
  const [first, again] = [await sayOnce(market, scene, { key: 'a' }), await sayOnce(market, scene, { key: 'a' })]

  const { requests } = await readLog(market, scene.businessId, { operation: 'sendMessageToChat' })

  const left = [first, again].map(reply => Number(reply.headers.get(headers.remaining)))
  expect(left[1]).toBe((left[0] ?? 0) - 1)
  expect(requests.map(({ status, responseBody }) => `${status} ${responseBody}`)).toEqual(
    Array(3).fill('200 {"status":"OK"}'), // the first message of the scene, and these
  )
})

describe('the announcement that keys are honoured', () => {
  test.each(operationNames)('is on the answers of %s, also on refusals', async name => {
    const call = makeCall(name, await makeScene(market))

    const answers = [
      await send(market, call),
      await send(market, { ...call, headers: {} }),
      await send(market, { ...call, verb: 'DELETE' }),
    ]

    expect(answers.map(reply => reply.status)).toEqual([200, 401, 405])
    expect(answers.map(reply => reply.headers.get(headers.idempotencyAnnounced))).toEqual(['14d', '14d', '14d'])
  })

  test('is on no answer of other APIs', async () => {
    const answers = [await ask(`${market.url}/admin/v1/businesses`), await ask(`${market.url}/healthz`)]

    expect(answers.map(reply => reply.headers.get(headers.idempotencyAnnounced))).toEqual([null, null])
  })

  test('is told in the description of the two operations that take a key', async () => {
    const { body } = await ask(`${market.url}/openapi.json`)
    const { paths } = body as { paths: Record<string, Record<string, { description: string }>> } // an OpenAPI document

    for (const { path } of [operations.sendMessageToChat, operations.sendFileToChat])
      expect(paths[path]?.['post']?.description).toContain('Idempotency-Key')
  })
})
