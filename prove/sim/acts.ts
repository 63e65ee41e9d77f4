import { MarketClient, SendUnknown } from '#client'
import { type History, hashOf, type Outcome } from '../evidence/history.ts'
import { makeFetch, type Network, type Serve } from './network.ts'
import type { SimProcess } from './sim-process.ts'
import { orderOf, type SimShop } from './sim-shops.ts'

type Parts = {
  shop: SimShop
  process: SimProcess
  network: Network
  serve: Serve
  history: History
  aheadMs: number
  isKeyless: boolean
}

const baseUrl = 'http://market.sim'
const buyerPatienceMs = 30_000
const insistsMs = [0, 400, 5_000, 30_000, 120_000]

/** What a shop's people and its buyer do; each resolves when its outcome is known. */
export function makeActs({ shop, process, network, serve, history, aheadMs, isKeyless }: Parts) {
  const { token: apiKey, businessId, canary, chatIds } = shop
  const clock = process.clientClock(aheadMs)
  const fetch = makeFetch(network, { line: 'shop', ...{ process, serve, isKeyless } })
  const askAsBuyer = makeFetch(network, { line: 'buyer', ...{ process, serve } })
  const client = new MarketClient({
    ...{ apiKey, businessId, baseUrl, fetch, clock },
    random: () => process.chance.next(),
    parallel: 4,
  })
  const readFrom = new Map<bigint, bigint>()
  let written = 0

  const write = async (actor: string, chat: number, send: (chatId: bigint, text: string) => Promise<Outcome>) => {
    const chatId = chatIds[chat % chatIds.length]
    if (chatId === undefined) return
    const text = `${canary}${++written}`
    await history.act({ actor, businessId, chatId, kind: 'text', hash: hashOf(text) }, () => send(chatId, text))
  }
  const learn = (chatId: bigint) => {
    if (!chatIds.includes(chatId)) chatIds.push(chatId)
  }
  const post = async (path: string, body: object): Promise<Response> => {
    const asked = askAsBuyer(`${baseUrl}/buyer/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.buyerToken}` },
      body: JSON.stringify(body, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)),
    })
    const over = new AbortController()
    const timedOut = process.wait(buyerPatienceMs, { signal: over.signal }).then(() => {
      throw new TypeError('the buyer waits no longer')
    })
    return Promise.race([asked, timedOut]).finally(() => over.abort())
  }

  return {
    async shopOpens(order: number) {
      await client.chats.open({ order: orderOf(shop, order) }).then(learn, () => {})
    },
    async buyerOpens(order: number) {
      const answer = await post('/chats', { businessId, orderId: orderOf(shop, order) }).catch(() => undefined)
      const found = /"chatId":(\d+)/.exec((await answer?.text().catch(() => '')) ?? '')?.[1]
      if (found !== undefined) learn(BigInt(found))
    },
    buyerWrites: (chat: number) =>
      write('a buyer', chat, async (chatId, text) => {
        const answer = await post(`/businesses/${businessId}/chats/${chatId}/messages`, { text })
        await answer.text()
        if (answer.status >= 500) return 'unknown'
        return answer.status < 300 ? 'ok' : 'fail'
      }),
    shopSends: (chat: number) =>
      write('a shop that sends', chat, (chatId, text) => client.messages.send(chatId, text).then(...outcomes)),
    shopInsists: (chat: number) =>
      write('a shop that insists', chat, async (chatId, text) => {
        const idempotencyKey = `${canary}key-${written}`
        // Without keys a second send would be a second message.
        const waitsMs = isKeyless ? [0] : insistsMs
        let isUnknown = false
        for (const waitMs of waitsMs) {
          await process.wait(waitMs)
          const tried = await client.messages.send(chatId, text, { idempotencyKey }).then(...outcomes)
          if (tried === 'ok') return 'ok'
          isUnknown ||= tried === 'unknown'
        }
        return isUnknown ? 'unknown' : 'fail'
      }),
    shopSendsOnce: (chat: number) =>
      write('a shop that sends once', chat, async (chatId, text) => {
        const { state } = await client.messages.sendOnce(chatId, text)
        return ({ confirmed: 'ok', notSent: 'fail', unknown: 'unknown' } as const)[state]
      }),
    async shopReads(chat: number) {
      const chatId = chatIds[chat % chatIds.length]
      if (chatId === undefined) return
      const from = readFrom.get(chatId)
      const ids: bigint[] = []
      try {
        for await (const { messageId } of client.messages.history(chatId, from === undefined ? {} : { from }))
          ids.push(messageId)
      } catch {
        // What came before the failure was seen.
      }
      history.saw(`the reader of ${shop.name}`, { businessId, chatId }, ids)
      const last = ids.at(-1)
      if (last !== undefined) readFrom.set(chatId, last)
    },
  }
}

/** Whatever is no SendUnknown says that nothing was written. */
const outcomes = [
  (): Outcome => 'ok',
  (error: unknown): Outcome => (error instanceof SendUnknown ? 'unknown' : 'fail'),
] as const
