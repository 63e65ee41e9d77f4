import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChatEvent, type ChatState, nextState } from '../../src/market/chats/transitions.ts'
import { type PostItem, postMessages } from '../../src/market/store/messages.ts'
import { askAdminFor } from '../support/admin.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { lockWaiters } from '../support/lock-waiters.ts'
import { readDeliveries, subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()

/** An event, or the shop's message with a key. */
type Happening = ChatEvent | { key: string }

const shopWrites = 'partner_writes'
const words = (happenings: Happening[], shop: TestBusiness, chatId: bigint): PostItem[] =>
  happenings.map((happening, index) => {
    const event = typeof happening === 'string' ? happening : shopWrites
    const isSaid = /writes|asks|opened/.test(event)
    return {
      ...{ business: `${shop.businessId}`, chat: `${chatId}`, customer: null, event },
      ...(isSaid ? { sender: 'partner', kind: 'text', text: `${index}` } : { sender: null, kind: null }),
      ...(typeof happening !== 'string' && { key: bytes(happening.key), fingerprint: bytes(`${chatId}`) }),
    }
  })

const bytes = (text: string) => `\\x${Buffer.from(text).toString('hex')}`

async function post(items: PostItem[]): Promise<string> {
  return (await postMessages(market.sql, items, new Date())).map(({ outcome }) => outcome).join(' ')
}

async function play(before: Happening[], batch: Happening[], finishedChats: 'refuse' | 'reopen' = 'refuse') {
  const shop = await makeBusiness(market)
  await askAdminFor(market, `PATCH /businesses/${shop.businessId}`, { finishedChats })
  const chatId = await shop.makeChat()
  await post(words(before, shop, chatId))
  const outcomes = await post(words(batch, shop, chatId))
  const [chat] = await market.sql<[{ state: string }]>`
    select type || '/' || status as state from market.chats
     where lane = market.lane_of(${shop.businessId}) and business_id = ${shop.businessId} and chat_id = ${chatId}`
  return [outcomes, chat.state]
}

const fresh: ChatState = { type: 'chat', status: 'new' }
const a = { key: 'a' }
const open = 'chat/waiting_for_customer'
const asked = 'chat/waiting_for_partner'
const over = 'chat/finished'

describe('in one batch', () => {
  test.each<[what: string, before: Happening[], batch: Happening[], outcomes: string, state: string]>([
    ['a chat that was finished', ['closed'], [shopWrites, shopWrites], 'closed closed', over],
    ['a dispute that was finished', ['dispute_opened', 'dispute_finished'], [a], 'closed', 'arbitrage/finished'],
    ['one that is finished before the message', [], [shopWrites, 'closed', shopWrites], 'done done closed', over],
    [
      'one whose dispute ends',
      ['dispute_opened'],
      [a, 'dispute_finished', a],
      'done done replayed',
      'arbitrage/finished',
    ],
    ['one that the buyer reopens', ['closed'], [a, 'customer_writes', shopWrites], 'closed done done', open],
    ['one that staff reopens', ['closed'], [shopWrites, 'asks_partner'], 'closed done', asked],
    ['one that is no dispute', ['closed'], ['dispute_finished', 'market_writes', a], 'refused done closed', over],
    [
      'one whose dispute stays open',
      ['dispute_opened'],
      ['closed', a],
      'refused done',
      'arbitrage/waiting_for_arbiter',
    ],
  ])('a shop that writes to %s is refused there, and only there', async (_what, before, batch, outcomes, state) => {
    expect(await play(before, batch)).toEqual([outcomes, state])
  })

  test.each<[what: string, before: Happening[], batch: Happening[], outcomes: string, state: string]>([
    ['was written before the end', [a, 'closed'], [a], 'replayed', over],
    ['is written before the end', [], [a, 'closed', a], 'done done replayed', over],
    ['is refused, and again', ['closed'], [a, a], 'closed closed', over],
    [
      'is refused, then written',
      ['closed'],
      ['customer_writes', 'closed', 'customer_writes', a, a],
      'done done done done replayed',
      open,
    ],
    ['comes again before it is written', ['closed'], [a, 'customer_writes', a], 'replayed done done', open],
    ['was refused before', ['closed', a], ['customer_writes', a], 'done done', open],
  ])('a message with a key that %s is written at most once', async (_what, before, batch, outcomes, state) => {
    expect(await play(before, batch)).toEqual([outcomes, state])
  })

  test.each<[batch: Happening[], outcomes: string]>([
    [[shopWrites], 'done'],
    [['customer_writes', 'closed', a, 'closed', a], 'done done done done replayed'],
  ])('a shop that may reopen does, by %j', async (batch, outcomes) => {
    const [told] = await play(['closed'], batch, 'reopen')
    expect(told).toBe(outcomes)
  })

  test('a buyer whose chat it is not reopens nothing', async () => {
    const shop = await makeBusiness(market)
    const chatId = await shop.makeChat()
    await post(words(['closed'], shop, chatId))
    const [foreign, ...rest] = words(['customer_writes', shopWrites, a], shop, chatId)

    const outcomes = await post([{ ...foreign, customer: '0' } as PostItem, ...rest]) // there is a first one

    expect(outcomes).toBe('no_chat closed closed')
  })

  test('each business is asked for its own setting', async () => {
    const [refuses, reopens] = [await makeBusiness(market), await makeBusiness(market)]
    await askAdminFor(market, `PATCH /businesses/${reopens.businessId}`, { finishedChats: 'reopen' })
    const [one, two, three] = [await refuses.makeChat(), await reopens.makeChat(), await refuses.makeChat()]
    await post([...words(['closed'], refuses, one), ...words(['closed'], reopens, two)])

    const outcomes = await post([
      ...words([shopWrites, a], refuses, one),
      ...words([shopWrites], refuses, three),
      ...words([{ key: 'b' }, shopWrites], reopens, two),
    ])

    expect(outcomes).toBe('closed closed done done done')
  })
})

test.each([
  ['is finished', 'committed', 'replayed closed closed'],
  ['was to be finished', 'rolled back', 'done replayed done'],
])(
  'a batch that waits for one by which its chat %s, which is %s, meets the chat as it is then',
  async (_what, end, then) => {
    const shop = await makeBusiness(market)
    const chatId = await shop.makeChat()
    const rolledBack = new Error('as if it were killed')
    let waiting: Promise<string> | undefined

    const first = market.sql.begin(async transaction => {
      await postMessages(transaction, words([a, 'closed'], shop, chatId), new Date())
      waiting = post(words([a, end === 'committed' ? { key: 'b' } : a, shopWrites], shop, chatId))
      await lockWaiters(market.sql, 1)
      if (end !== 'committed') throw rolledBack
    })
    await first.catch(error => expect(error).toBe(rolledBack))

    expect(await waiting).toBe(then)
  },
)

test('however what happens in two chats is put together, nothing is written to a finished one, and each key once', async () => {
  const shop = await makeBusiness(market)
  const chats = [await shop.makeChat(), await shop.makeChat()].map(chatId => ({ chatId, state: fresh }))
  const written = new Set<string>()
  const events = [
    shopWrites,
    'customer_writes',
    'closed',
    'dispute_opened',
    'dispute_finished',
    'asks_partner',
  ] as const
  const happening = fc.oneof(
    fc.constantFrom<Happening>(...events),
    fc.nat({ max: 2 }).map(n => ({ key: `${n}` })),
  )
  const happenings = fc.array(happening, { maxLength: 8 })
  let round = 0

  await fc.assert(
    fc.asyncProperty(fc.tuple(happenings, happenings), async batch => {
      round++
      const items = batch.flatMap((of, index) => {
        const keys = of.map(each => (typeof each === 'string' ? each : { key: `${Math.floor(round / 5)} ${each.key}` }))
        return words(keys, shop, chats[index]?.chatId ?? 0n).map(item => ({ item, chat: chats[index] }))
      })
      const posted = await postMessages(
        market.sql,
        items.map(({ item }) => item),
        new Date(),
      )

      const known = new Set(written)
      const done = items.filter((_item, index) => posted[index]?.outcome === 'done')
      for (const { item } of done.filter(({ item }) => item.key !== undefined)) {
        expect(written.has(item.key ?? '')).toBe(false)
        written.add(item.key ?? '')
      }
      for (const [index, { item, chat }] of items.entries()) {
        const outcome = posted[index]?.outcome
        const next = chat && nextState(chat.state, item.event as ChatEvent) // one of ours
        const isOver = item.event === shopWrites && chat?.state.status === 'finished'
        if (outcome === 'closed') expect([isOver, item.key !== undefined && known.has(item.key)]).toEqual([true, false])
        else if (outcome === 'refused') expect(next).toBeUndefined()
        else if (outcome === 'done') expect([isOver, next]).toEqual([false, expect.anything()])
        else
          expect([['replayed', 'key_reused'].includes(outcome ?? ''), written.has(item.key ?? '')]).toEqual([
            true,
            true,
          ])
        if (outcome === 'done' && chat && next) chat.state = next
      }
    }),
    { numRuns: 200 },
  )
})

test('what cannot be done at the beginning of a batch shifts nothing of what follows', async () => {
  const shop = await makeBusiness(market)
  await subscribe(market.sql, shop, { url: 'https://shop.invalid/', types: ['message_sent'] })
  const [one, two, three] = [await shop.makeChat(), await shop.makeChat(), await shop.makeChat()]
  await post(words(['closed'], shop, one))

  const posted = await postMessages(
    market.sql,
    [...words([shopWrites], shop, one), ...words([shopWrites], shop, two), ...words([shopWrites], shop, three)],
    new Date(),
  )

  const briefly = posted.map(({ outcome, chatStatus }) => `${outcome} ${chatStatus}`)
  expect(briefly).toEqual(['closed null', 'done waiting_for_customer', 'done waiting_for_customer'])
  const told = await market.sql<{ id: bigint }[]>`
    select event_id as id from market.deliveries where business_id = ${shop.businessId} order by event_id`
  expect(told.map(({ id }) => id)).toEqual(posted.slice(1).map(({ eventId }) => eventId))
  expect(await readDeliveries(market.sql, shop)).toHaveLength(2)
})
