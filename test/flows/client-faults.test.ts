import { describe, expect, test } from 'vitest'
import { MarketClient } from '#client'
import type { SentOnce } from '../../src/client/types.ts'
import { makeChance } from '../../src/kit/chance.ts'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { type FaultProxy, faultKinds, startFaultProxy } from '../support/fault-proxy.ts'
import { makeQuickClock, quickness } from '../support/quick-clock.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket()
const seed = 20261123
const sends = 2000
const chats = 40
const writers = 4
const faultShare = 0.3

type Said = { chatId: bigint; text: string; outcome: SentOnce['state']; messageId?: bigint }
type Stored = { chatId: bigint; messageId: bigint; text: string }

function makeClient(
  { businessId, token: apiKey }: TestBusiness,
  { url: baseUrl }: FaultProxy,
  index = 0,
): MarketClient {
  const { next: random } = makeChance(seed, 'client', index)
  return new MarketClient({ apiKey, businessId, baseUrl, parallel: 4, clock: makeQuickClock(), random, timeoutMs })
}
// Patience enough for a busy machine: no send may be given up because the test is slow.
const timeoutMs = 10_000 * quickness

async function makeShop(): Promise<{ shop: TestBusiness; chatIds: bigint[] }> {
  const shop = await makeBusiness(market)
  const chatIds = await Promise.all(Array.from({ length: chats }, () => shop.makeChat()))
  return { shop, chatIds }
}

/** Every tenth text is the same in its chat, as thanks are. */
const textOf = (index: number) => (index % 10 === 0 ? 'Спасибо!' : `Письмо ${index}`)

async function sendAll(shop: TestBusiness, chatIds: readonly bigint[], proxy: FaultProxy): Promise<Said[]> {
  const said: Said[] = []
  const newest = new Map<bigint, bigint>()
  const queue = Array.from({ length: sends }, (_send, index) => index).values()
  const work = async (client: MarketClient) => {
    for (const index of queue) {
      const [chatId = 0n, text] = [chatIds[Math.floor(index / 2) % chats], textOf(index)]
      const since = newest.get(chatId)
      const sent = await client.messages.sendOnce(chatId, text, since === undefined ? {} : { since })
      if (sent.state === 'confirmed') newest.set(chatId, sent.messageId)
      said.push({ chatId, text, outcome: sent.state, ...('messageId' in sent && { messageId: sent.messageId }) })
    }
  }
  const clients = Array.from({ length: writers }, (_client, index) => makeClient(shop, proxy, index))
  await Promise.all(clients.flatMap(client => [work(client), work(client), work(client), work(client)]))
  return said
}

async function readStored({ businessId }: TestBusiness): Promise<Stored[]> {
  const rows = await market.sql<{ chat_id: string; message_id: string; body: string }[]>`
    select chat_id::text, message_id::text, body from market.messages where business_id = ${businessId} and sender = 'partner'`
  return rows.map(row => ({ chatId: BigInt(row.chat_id), messageId: BigInt(row.message_id), text: row.body }))
}

const keyOf = ({ chatId, text }: { chatId: bigint; text: string }) => `${chatId} ${text}`

/** Of each text in each chat: at least what was confirmed is stored, at most that and what nobody could tell. */
function findLies(said: readonly Said[], stored: readonly Stored[]): string[] {
  const byText = Map.groupBy(said, keyOf)
  const storedByText = Map.groupBy(stored, keyOf)
  const keys = new Set([...byText.keys(), ...storedByText.keys()])
  return [...keys].flatMap(key => {
    const of = (outcome: SentOnce['state']) => (byText.get(key) ?? []).filter(each => each.outcome === outcome).length
    const [there, least, unknown] = [storedByText.get(key)?.length ?? 0, of('confirmed'), of('unknown')]
    return there >= least && there <= least + unknown ? [] : [`${key}: ${there}, not ${least} to ${least + unknown}`]
  })
}

function findWrongIds(said: readonly Said[], stored: readonly Stored[]): Said[] {
  const there = new Map(stored.map(each => [each.messageId, keyOf(each)]))
  const claimed = new Set<bigint>()
  return said.filter(each => {
    if (each.messageId === undefined) return false
    const isWrong = there.get(each.messageId) !== keyOf(each) || claimed.has(each.messageId)
    claimed.add(each.messageId)
    return isWrong
  })
}

const count = (said: readonly Said[], outcome: SentOnce['state']) =>
  said.filter(each => each.outcome === outcome).length

function expectMet({ did }: FaultProxy, kinds: readonly (keyof typeof did)[]): void {
  for (const kind of kinds) expect(did[kind], `met: ${kind}`).toBeGreaterThan(50)
}

describe('two thousand sends through a network that fails three times in ten', () => {
  test('with idempotency keys nothing is doubled, lost or left unsaid', async () => {
    const { shop, chatIds } = await makeShop()
    const proxy = await startFaultProxy({ target: market.url, seed, share: faultShare })
    const said = await sendAll(shop, chatIds, proxy)
    const stored = await readStored(shop)

    expect(said).toHaveLength(sends)
    expect(findLies(said, stored)).toEqual([])
    expect(findWrongIds(said, stored)).toEqual([])
    expect(count(said, 'confirmed')).toBeGreaterThan(sends * 0.97)
    expectMet(proxy, faultKinds)
  }, 120_000)

  test('without them every send that nobody can tell is said to be unknown', async () => {
    const { shop, chatIds } = await makeShop()
    // A request that the network doubles is written twice where no key tells the two apart.
    const kinds = faultKinds.filter(kind => kind !== 'duplicate')
    const proxy = await startFaultProxy({ target: market.url, seed, share: faultShare, kinds, hidesIdempotency: true })
    const said = await sendAll(shop, chatIds, proxy)
    const stored = await readStored(shop)

    expect(said).toHaveLength(sends)
    expect(findLies(said, stored)).toEqual([])
    expect(findWrongIds(said, stored)).toEqual([])
    expect(count(said, 'confirmed')).toBeGreaterThan(sends * 0.7)
    expect(count(said, 'unknown')).toBeGreaterThan(0)
    expectMet(proxy, kinds)
  }, 120_000)
})

test('a file that was sent through such a network is there once, one that was not is not, the rest is SendUnknown', async () => {
  const { shop, chatIds } = await makeShop()
  const proxy = await startFaultProxy({ target: market.url, seed, share: faultShare })
  const client = makeClient(shop, proxy)
  await client.chats.get(chatIds[0] ?? 0n)
  const queue = Array.from({ length: 200 }, (_file, index) => `${index}.txt`).values()
  const outcomes = new Map<string, string>()
  const work = async () => {
    for (const name of queue) {
      const data = new TextEncoder().encode(name)
      const sent = client.messages.sendFile(chatIds[Number.parseInt(name, 10) % chats] ?? 0n, {
        name,
        data,
        type: 'text/plain',
      })
      outcomes.set(
        name,
        await sent.then(
          ({ state }) => state,
          error => error.name,
        ),
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, work))
  const rows = await market.sql<{ name: string; times: number }[]>`
    select file_name as name, count(*)::integer as times from market.messages
     where business_id = ${shop.businessId} group by 1`
  const times = new Map(rows.map(row => [row.name, row.times]))

  const lies = [...outcomes].filter(([name, outcome]) => !allowedTimes[outcome]?.includes(times.get(name) ?? 0))
  expect(lies).toEqual([])
  expect(outcomes.size).toBe(200)
  expect([...outcomes.values()].filter(outcome => outcome === 'sent').length).toBeGreaterThan(190)
}, 60_000)

/** By what was said of it: how often a file may be there. */
const allowedTimes: Record<string, number[]> = {
  sent: [1],
  SendUnknown: [0, 1],
  RateLimited: [0],
  ConnectionError: [0],
}
