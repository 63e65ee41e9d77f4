import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import {
  type Change,
  createReceiver,
  describeVerified,
  MarketClient,
  makeHints,
  makeMemoryStore,
  syncChats,
  toNodeHandler,
  verifySync,
} from '#client'
import type { ChatId } from '#contract'
import { makeBusiness, type TestBusiness } from '../support/business.ts'
import { subscribe } from '../support/subscriptions.ts'
import { useMarket } from '../support/test-market.ts'

const market = useMarket({ arePrivateWebhooksAllowed: true, isHourlyLifted: true })
const chatCount = 300

function clientOf({ businessId, token }: TestBusiness): MarketClient {
  return new MarketClient({ apiKey: token, businessId, baseUrl: market.url, parallel: 4 })
}

/** Resolves when the mirror has told of so many messages. */
function makeEar() {
  const changes: Change[] = []
  const waiting = new Set<() => void>()
  return {
    changes,
    onChange(change: Change) {
      changes.push(change)
      for (const look of waiting) look()
    },
    heard: (isIt: (changes: Change[]) => boolean) =>
      new Promise<void>(resolve => {
        const look = () => {
          if (isIt(changes)) resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}

const messagesOf = (changes: Change[]) => changes.filter(change => change.kind === 'message')

async function makeChats(shop: TestBusiness, count: number): Promise<ChatId[]> {
  const chatIds: ChatId[] = []
  while (chatIds.length < count)
    chatIds.push(...(await Promise.all(Array.from({ length: Math.min(20, count - chatIds.length) }, shop.makeChat))))
  return chatIds
}

/** A message past the limits of the shop's API, so that many come at once. */
async function write({ businessId }: TestBusiness, chatId: ChatId, who: 'partner' | 'customer', body: string) {
  const content = { kind: 'text', body } as const
  const posted = await market.running.market.postbox.post({
    ...{ businessId, chatId, event: `${who}_writes` as const, sender: who, content },
  })
  if (posted.outcome !== 'done') throw new Error(`the message was refused: ${posted.outcome}`)
}

async function listen(receive: Parameters<typeof toNodeHandler>[0]): Promise<string> {
  const server = createServer(toNodeHandler(receive))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/` // it listens on a port, not on a pipe
}

test('three hundred chats are mirrored, then followed by their notifications, and nothing is missing', async () => {
  const shop = await makeBusiness(market)
  const chatIds = await makeChats(shop, chatCount)
  const write3 = (chatId: ChatId, n: number) => write(shop, chatId, n % 2 ? 'partner' : 'customer', `слово ${n}`)
  await Promise.all(chatIds.flatMap((chatId, n) => Array.from({ length: n % 4 }, (_, m) => write3(chatId, m))))
  const hints = makeHints()
  const tell = hints.tell
  const receive = createReceiver({ name: 'Shop', onChatCreated: tell, onMessage: tell })
  await subscribe(market.sql, shop, { url: await listen(receive) })
  const client = clientOf(shop)
  const store = makeMemoryStore()
  const ear = makeEar()

  await syncChats(client, store, { once: true })
  expect(describeVerified(await verifySync(client, store))).toBe('300 chats, 450 messages, 0 missing, 0 different')

  const ending = new AbortController()
  const live = Promise.withResolvers<void>()
  const onProgress = ({ phase }: { phase: string }) => phase === 'live' && live.resolve()
  const following = syncChats(client, store, { hints, onProgress, onChange: ear.onChange, signal: ending.signal })
  await live.promise
  const news = chatIds.slice(0, 40)
  await Promise.all(news.map((chatId, n) => write(shop, chatId, 'customer', `новое ${n}`)))
  const newChat = await shop.makeChat()
  await write(shop, newChat, 'customer', 'первое')
  await ear.heard(changes => messagesOf(changes).length >= 41)
  ending.abort(new Error('enough'))

  await expect(following).rejects.toThrow('enough')
  expect(ear.changes).toContainEqual(expect.objectContaining({ kind: 'chat', isNew: true }))
  expect(messagesOf(ear.changes)).toHaveLength(41)
  await syncChats(client, store, { once: true })
  expect(describeVerified(await verifySync(client, store))).toBe('301 chats, 491 messages, 0 missing, 0 different')
})

test('without notifications a sweep finds what came, and a watch tells nothing of what stood before', async () => {
  const shop = await makeBusiness(market)
  const [first, second] = await makeChats(shop, 2)
  if (!first || !second) throw new Error('two chats were asked for')
  await write(shop, first, 'customer', 'раньше')
  const ear = makeEar()
  const ending = new AbortController()
  const live = Promise.withResolvers<void>()
  const watching = syncChats(clientOf(shop), makeMemoryStore(), {
    ...{ begin: 'now', sweepEveryMs: 50, onChange: ear.onChange, signal: ending.signal },
    onProgress: ({ phase }) => phase === 'live' && live.resolve(),
  })

  await live.promise
  await write(shop, first, 'customer', 'сразу после')
  await write(shop, second, 'customer', 'тоже')
  await ear.heard(changes => messagesOf(changes).length >= 2)
  ending.abort(new Error('enough'))

  await expect(watching).rejects.toThrow('enough')
  const texts = messagesOf(ear.changes).map(change => change.kind === 'message' && change.message.text)
  expect(texts.toSorted()).toEqual(['сразу после', 'тоже'])
})
