import { once } from 'node:events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lanes } from '../../src/market/store/lane.ts'
import { type Posted, type PostItem, postMessages } from '../../src/market/store/messages.ts'
import { pruneIdempotencyKeys } from '../../src/market/store/prune.ts'
import { makeBusiness } from '../support/business.ts'
import { forkMarket } from '../support/forked-market.ts'
import { lockWaiters } from '../support/lock-waiters.ts'
import { brieflyOnce, done, readSaid, replayed, sayOnce, sendFileOnce } from '../support/once.ts'
import { makeScene } from '../support/published-calls.ts'
import { startSecond } from '../support/second-market.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

test('fifty requests of one moment with one key write one message, and all are answered with OK', async () => {
  const scene = await makeScene(market)

  const answers = await Promise.all(Array.from({ length: 50 }, () => sayOnce(market, scene, { key: 'a' })))

  const texts = answers.map(brieflyOnce)
  expect(texts.filter(answer => answer.replayed === null)).toEqual([done])
  expect(texts.filter(answer => answer.replayed !== null)).toEqual(Array(49).fill(replayed))
  expect(await readSaid(market, scene)).toEqual(['Уже в пути'])
})

test('so do twenty with one file', async () => {
  const scene = await makeScene(market)
  const file = { key: 'a', bytes: [1, 2, 3], name: 'one.bin' }

  const answers = await Promise.all(Array.from({ length: 20 }, () => sendFileOnce(market, scene, file)))

  expect(new Set(answers.map(answer => answer.text))).toEqual(new Set([done.text]))
  expect(await readSaid(market, scene)).toEqual(['one.bin'])
})

test('two processes write one message for each key, however their requests meet', async () => {
  const [scene, second] = [await makeScene(market), await startSecond(market)]
  const keys = Array.from({ length: 40 }, (_key, index) => `key ${index}`.replace(' ', '-'))

  const answers = await Promise.all(
    keys.flatMap(key => [market, second].map(at => sayOnce(at, scene, { key, message: key }))),
  )

  expect(new Set(answers.map(answer => answer.text))).toEqual(new Set([done.text]))
  expect((await readSaid(market, scene)).toSorted()).toEqual(keys.toSorted())
})

test('of requests of one moment with one key to two chats one is done, the others are refused', async () => {
  const [scene, second] = [await makeScene(market), await startSecond(market)]
  const chats = [scene.chatId, await scene.makeChat()]

  for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    const asked = chats.flatMap(chatId => [market, second].map(at => ({ at, chatId })))
    const answers = await Promise.all(asked.map(({ at, chatId }) => sayOnce(at, scene, { key, message: key, chatId })))

    expect(answers.map(answer => answer.status).toSorted()).toEqual([200, 200, 422, 422])
  }
  const said = [await readSaid(market, scene), await readSaid(market, scene, chats[1])].flat()
  expect(said.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
})

test('in one batch, posts whose key is known or is another request leave their neighbours alone', async () => {
  const { businessId, chats } = await makeChats(2)
  const [one, two] = chats
  const item = (chat: bigint | undefined, key: string | undefined, text: string): PostItem => ({
    ...{
      business: `${businessId}`,
      chat: `${chat}`,
      customer: null,
      event: 'partner_writes',
      sender: 'partner',
      kind: 'text',
      text,
    },
    ...(key !== undefined && { key: bytes(key), fingerprint: bytes(`${chat} ${text}`) }),
  })
  await postMessages(market.sql, [item(one, 'aa', 'known')], new Date())

  const posted = await postMessages(
    market.sql,
    [
      item(0n, 'bb', 'no chat'),
      item(one, 'aa', 'known'),
      item(one, 'bb', 'first'),
      item(one, undefined, 'plain'),
      item(one, 'bb', 'first'),
      item(one, 'cc', 'other'),
      item(two, 'bb', 'second'),
      item(two, undefined, 'plain'),
      item(two, 'aa', 'known'),
    ],
    new Date(),
  )

  const outcomes = 'no_chat replayed done done replayed done key_reused done key_reused'
  expect(posted.map(({ outcome }) => outcome).join(' ')).toBe(outcomes)
  expect(await readTexts(businessId)).toEqual(['known', 'first', 'plain', 'other', 'plain'])
})

test('batches that share keys and chats in any order never wait in a ring, and write each key once', async () => {
  const { businessId, chats } = await makeChats(6)
  const choice = fc.record({ chat: fc.nat({ max: 5 }), key: fc.nat({ max: 5 }) })
  const batch = fc.array(choice, { minLength: 2, maxLength: 12 })
  let round = 0

  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 3, maxLength: 4 }), async batches => {
      round++
      const itemsOf = (choices: { chat: number; key: number }[]) =>
        choices
          .toSorted((a, b) => a.chat - b.chat)
          .map(({ chat, key }) => keyed(businessId, chats[chat], `${round} ${key}`))
      const posted = await Promise.all(batches.map(choices => postMessages(market.sql, itemsOf(choices), new Date())))
      const keys = new Set(batches.flat().map(({ key }) => key))
      expect(posted.flat().filter(({ outcome }) => outcome === 'done')).toHaveLength(keys.size)
      expect(new Set(posted.flat().map(({ outcome }) => outcome)).has('no_chat')).toBe(false)
    }),
    { numRuns: 100 },
  )

  const texts = await readTexts(businessId)
  expect(new Set(texts).size).toBe(texts.length)
}, 30_000)

test('two batches that have the same keys in opposite orders do not wait for each other in a ring', async () => {
  const { businessId, chats } = await makeChats(3)
  const items = (chat: number, keys: string[]) => keys.map(key => keyed(businessId, chats[chat], key))
  const post = (chat: number, keys: string[]) => postMessages(market.sql, items(chat, keys), new Date()).then(outcomes)
  const rolledBack = new Error('both go on')
  let batches: Promise<string[][]> | undefined

  // A third holds the key in the middle until both are on their way.
  const third = market.sql.begin(async transaction => {
    await postMessages(transaction, items(2, ['b']), new Date())
    batches = Promise.all([post(0, ['a', 'b', 'c']), post(1, ['c', 'b', 'a'])])
    batches.catch(() => {}) // told below
    await lockWaiters(market.sql, 2)
    throw rolledBack
  })

  await expect(third).rejects.toBe(rolledBack)
  const posted = (await batches) ?? []
  expect(posted.map(outcomes => new Set(outcomes).size)).toEqual([1, 1])
  expect(posted.flat().toSorted()).toEqual([...Array(3).fill('done'), ...Array(3).fill('key_reused')])
})

test('who meets a key whose post is rolled back writes it', async () => {
  const { businessId, chats } = await makeChats(2)
  const [mine, theirs] = [keyed(businessId, chats[0], 'a'), keyed(businessId, chats[1], 'a')]
  const rolledBack = new Error('as if it were killed')
  let waiting: Promise<string[]> | undefined

  const first = market.sql.begin(async transaction => {
    await postMessages(transaction, [mine], new Date())
    waiting = postMessages(market.sql, [theirs], new Date()).then(outcomes)
    await lockWaiters(market.sql, 1)
    throw rolledBack
  })

  await expect(first).rejects.toBe(rolledBack)
  expect(await waiting).toEqual(['done'])
  expect(await readTexts(businessId)).toHaveLength(1)
})

test('a process that is killed between COMMIT and answer has written: the request is answered again and not done again', async () => {
  const [scene, child] = [await makeScene(market), await forkMarket(market)]
  const lane = market.sql`lane = market.lane_of(${scene.businessId}) and business_id = ${scene.businessId}`
  const request = { key: 'a', message: 'Дошло?' }

  const lost = market.sql.begin(async transaction => {
    await transaction`select from market.chats where ${lane} and chat_id = ${scene.chatId} for update`
    const answer = sayOnce(child, scene, request).catch(() => 'no answer')
    await lockWaiters(market.sql, 1)
    child.process.kill('SIGSTOP')
    return { answer }
  })
  const { answer } = await lost
  await expect.poll(() => readSaid(market, scene), { timeout: 30_000 }).toEqual(['Дошло?'])
  const gone = once(child.process, 'exit')
  child.process.kill('SIGKILL')
  await gone

  expect(await answer).toBe('no answer')
  expect(brieflyOnce(await sayOnce(market, scene, request))).toEqual(replayed)
  expect(await readSaid(market, scene)).toEqual(['Дошло?'])
}, 30_000)

test('two processes that remove old keys at once leave each other and the posts of the moment alone', async () => {
  const scene = await makeScene(market)
  const say = (age: string) =>
    Promise.all(Array.from({ length: 20 }, (_one, index) => sayOnce(market, scene, { key: `${age}-${index}` })))
  await say('old')
  await market.sql`update market.idempotency_keys set created_at = created_at - interval '15 days'`

  const prune = () => pruneIdempotencyKeys(market.sql, lanes, new Date(Date.now() - 14 * 24 * 60 * 60_000))
  const [answers, ...removed] = await Promise.all([say('new'), prune(), prune()])

  expect(answers.map(brieflyOnce)).toEqual(Array(20).fill(done))
  expect(removed.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(20)
  const left = await market.sql`select from market.idempotency_keys where business_id = ${scene.businessId}`
  expect(left.count).toBe(20)
})

const outcomes = (posted: readonly Posted[]) => posted.map(({ outcome }) => outcome)

const bytes = (text: string) => `\\x${Buffer.from(text).toString('hex')}`

/** An item with a key, which is also its text; in another chat it is another request. */
function keyed(businessId: bigint, chatId: bigint | undefined, key: string): PostItem {
  const item = {
    business: `${businessId}`,
    chat: `${chatId}`,
    customer: null,
    event: 'partner_writes',
    sender: 'partner',
    kind: 'text',
  } as const
  return { ...item, text: key, key: bytes(key), fingerprint: bytes(`${chatId} ${key}`) }
}

async function makeChats(count: number): Promise<{ businessId: bigint; chats: bigint[] }> {
  const { businessId, makeChat } = await makeBusiness(market)
  const chats: bigint[] = []
  while (chats.length < count) chats.push(await makeChat())
  return { businessId, chats }
}

async function readTexts(businessId: bigint): Promise<string[]> {
  const rows = await market.sql<{ body: string }[]>`
    select body from market.messages where lane = market.lane_of(${businessId}) and business_id = ${businessId}
     order by chat_id, message_id`
  return rows.map(row => row.body)
}
