import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChatId, MessageId } from '#contract'
import { makeManualClock } from '#kit'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { badRequest, brief, resultOf } from '../support/published-calls.ts'
import { useMarket } from '../support/test-market.ts'

// A clock that stands still makes chats of the same moment, the hard case for any order by time.
const clock = makeManualClock(new Date('2026-05-05T12:00:00Z'))
const market = useMarket({ clock })
const chatCount = 12

type Who = 'partner' | 'customer'
const write = async ({ businessId }: TestBusiness, chatId: ChatId, who: Who = 'partner') => {
  const content = { kind: 'text', body: 'новое' } as const
  const posted = await market.running.market.postbox.post({
    businessId,
    chatId,
    event: `${who}_writes`,
    sender: who,
    content,
  })
  return posted.outcome === 'done' ? posted.eventId : (0n as MessageId)
}

type Page = { ids: bigint[]; token: string | undefined }
type Query = { limit: number; token?: string | undefined; filter?: object }

async function readChats(shop: TestBusiness, { limit, token, filter = {} }: Query): Promise<Page> {
  const reply = await shop.call(`/chats?limit=${limit}${token ? `&pageToken=${token}` : ''}`, filter)
  const { chats, paging } = resultOf(reply) as { chats: { chatId: number }[]; paging: { nextPageToken?: string } } // the published answer
  return { ids: chats.map(chat => BigInt(chat.chatId)), token: paging.nextPageToken }
}

describe('the list of chats', () => {
  let shop: TestBusiness
  let chatIds: ChatId[]

  beforeAll(async () => {
    shop = await makeBusiness(market)
    chatIds = await Promise.all(Array.from({ length: chatCount }, () => shop.makeChat()))
  })

  test('on a quiet day has each chat once, newest first, then by id downwards', async () => {
    const rows = await market.sql<{ id: bigint }[]>`
      select chat_id as id from market.chats where business_id = ${shop.businessId} order by updated_at desc, chat_id desc`
    for (const limit of [1, 5, chatCount - 1, chatCount, 20]) {
      const ids: bigint[] = []
      let page = await readChats(shop, { limit })
      ids.push(...page.ids)
      while (page.token) {
        page = await readChats(shop, { limit, token: page.token })
        ids.push(...page.ids)
      }

      expect(ids, `pages of ${limit}`).toEqual(rows.map(row => row.id))
    }
  })

  test('that fits a page has no next one', async () => {
    expect((await readChats(shop, { limit: chatCount })).token).toBeUndefined()
    expect(await readChats(shop, { limit: 5, filter: { types: ['ARBITRAGE'] } })).toEqual({ ids: [], token: undefined })
  })

  test('puts the chat that was written to first', async () => {
    const last = (await readChats(shop, { limit: 20 })).ids.at(-1)
    clock.advance(60_000)
    await write(shop, last as ChatId) // it was read from the list

    expect((await readChats(shop, { limit: 1 })).ids).toEqual([last])
  })

  test('does not go on with a token of another business, method or filter', async () => {
    const { token } = await readChats(shop, { limit: 1, filter: { types: ['CHAT'] } })
    const stranger = await makeBusiness(market)
    await stranger.makeChat()
    const refused = await Promise.all([
      stranger.call(`/chats?pageToken=${token}`, { types: ['CHAT'] }),
      shop.call(`/chats?pageToken=${token}`, {}),
      shop.call(`/chats?pageToken=${token}`, { types: ['ARBITRAGE'] }),
      shop.call(`/chats?pageToken=${token}`, { types: ['CHAT'], statuses: ['NEW'] }),
      shop.call(`/chats/history?chatId=${chatIds[0]}&pageToken=${token}`, {}),
    ])
    const taken = await shop.call(`/chats?limit=3&pageToken=${token}`, { types: ['CHAT'], statuses: null, unknown: 1 })

    for (const reply of refused) expect(brief(reply)).toEqual(badRequest('Bad page token'))
    expect(taken.status).toBe(200)
  })
})

describe('a history', () => {
  const readHistory = async (
    shop: TestBusiness,
    chatId: ChatId,
    { limit, token, filter = {} }: Query,
  ): Promise<Page> => {
    const page = token ? `&pageToken=${token}` : ''
    const reply = await shop.call(`/chats/history?chatId=${chatId}&limit=${limit}${page}`, filter)
    const { messages, paging } = resultOf(reply) as {
      messages: { messageId: number }[]
      paging: { nextPageToken?: string }
    } // the published answer
    return { ids: messages.map(message => BigInt(message.messageId)), token: paging.nextPageToken }
  }

  const makeHistory = async (count: number) => {
    const shop = await makeBusiness(market)
    const chatId = await shop.makeChat()
    const ids: bigint[] = []
    for (let i = 0; i < count; i++) ids.push(await write(shop, chatId))
    return { shop, chatId, ids }
  }

  test('is walked in ascending order, each message once, those that arrive meanwhile at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(3), { maxLength: 8 }),
        fc.option(fc.nat(12), { nil: undefined }),
        async (count, limit, arrivals, start) => {
          const { shop, chatId, ids } = await makeHistory(count)
          const from = start === undefined ? undefined : (ids[start] ?? 1n)
          const filter = from === undefined ? {} : { messageIdFrom: from }
          const walked: bigint[] = []
          let token: string | undefined
          let pages = 0
          do {
            const page = await readHistory(shop, chatId, { limit, token, filter })
            walked.push(...page.ids)
            if (page.token) expect(page.ids).toHaveLength(limit)
            token = page.token
            if (token) for (let i = 0; i < (arrivals[pages] ?? 0); i++) ids.push(await write(shop, chatId))
            pages++
          } while (token)

          expect(walked).toEqual(ids.filter(id => id >= (from ?? 0n)))
        },
      ),
      { numRuns: 8 },
    )
  })

  test('from a message on begins with that message', async () => {
    const { shop, chatId, ids } = await makeHistory(3)

    const page = await readHistory(shop, chatId, { limit: 50, filter: { messageIdFrom: ids[1] } })

    expect(page).toEqual({ ids: ids.slice(1), token: undefined })
  })

  test('from an id that no message has begins with the next one', async () => {
    const { shop, chatId, ids } = await makeHistory(3)
    const [first = 0n, second = 0n, third = 0n] = ids

    expect((await readHistory(shop, chatId, { limit: 50, filter: { messageIdFrom: first + 1n } })).ids).toEqual([
      second,
      third,
    ])
    expect((await readHistory(shop, chatId, { limit: 50, filter: { messageIdFrom: third + 1n } })).ids).toEqual([])
  })

  test('does not go on with a token of another chat or another beginning', async () => {
    const { shop, chatId, ids } = await makeHistory(3)
    const other = await shop.makeChat()
    const { token } = await readHistory(shop, chatId, { limit: 1 })
    const refused = await Promise.all([
      shop.call(`/chats/history?chatId=${other}&pageToken=${token}`, {}),
      shop.call(`/chats/history?chatId=${chatId}&pageToken=${token}`, { messageIdFrom: ids[0] }),
      shop.call(`/chats?pageToken=${token}`, {}),
    ])

    for (const reply of refused) expect(brief(reply)).toEqual(badRequest('Bad page token'))
  })

  test('without messages has neither a message nor a next page', async () => {
    const { shop, chatId } = await makeHistory(0)

    expect(await readHistory(shop, chatId, { limit: 1 })).toEqual({ ids: [], token: undefined })
  })
})

describe('a chat that was written to while the clock was ahead', () => {
  const yearMs = 365 * 24 * 60 * 60 * 1000
  const updatedAt = async (shop: TestBusiness, chatId: ChatId) => {
    const { updatedAt } = resultOf(await shop.call(`/chat?chatId=${chatId}`)) as { updatedAt: string } // the published answer
    return new Date(updatedAt).getTime()
  }
  const writeAhead = async (shop: TestBusiness, chatId: ChatId, ms: number) => {
    clock.advance(ms)
    await write(shop, chatId)
    clock.advance(-ms)
  }
  const second = () => Math.floor(clock.now().getTime() / 1000) * 1000

  test('keeps its time while it is ahead by ten seconds at most, and has the right one with its next message otherwise', async () => {
    const shop = await makeBusiness(market)
    const [near, far] = [await shop.makeChat(), await shop.makeChat()]
    await writeAhead(shop, near, 10_000)
    await writeAhead(shop, far, yearMs)
    await write(shop, near)
    await write(shop, far)

    expect(await updatedAt(shop, near)).toBe(second() + 10_000)
    expect(await updatedAt(shop, far)).toBe(second())
  })

  test('hides from no walk the chats that move meanwhile', async () => {
    const shop = await makeBusiness(market)
    const last = await shop.makeChat()
    const [middle, ahead] = [await shop.makeChat(), await shop.makeChat()]
    await writeAhead(shop, ahead, yearMs)

    const first = await readChats(shop, { limit: 1 })
    const second = await readChats(shop, { limit: 1, token: first.token })
    clock.advance(1_000)
    await write(shop, last)
    const third = await readChats(shop, { limit: 1, token: second.token })

    expect([first, second, third].map(page => page.ids)).toEqual([[ahead], [middle], [last]])
  })
})
