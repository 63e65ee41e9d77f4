/** A business in which the suite of conformance finds all that its checks need, and a sender to check it with. */
import { findScene, Sender, type Suite } from '#conformance'
import { type CampaignId, type ChatId, maxInt64, type ReturnId, scopes } from '#contract'
import { systemClock } from '#kit'
import { openDirectChat } from '../../src/market/chats/open-chat.ts'
import { updateBusiness } from '../../src/market/store/businesses.ts'
import { insertCampaign } from '../../src/market/store/campaigns.ts'
import { type CustomerId, findCustomer } from '../../src/market/store/customers.ts'
import { listKeys, revokeKey } from '../../src/market/store/keys.ts'
import { saveReturn } from '../../src/market/store/orders.ts'
import { makeCall, makeScene, resultOf, type Scene, send } from './published-calls.ts'
import type { TestMarket } from './test-market.ts'

export type ConformanceScene = Scene & {
  extraKeys: string[]
  /** Nothing has been said in it. */
  writeChat: ChatId
  freshOrder: bigint
  finishedChat: ChatId
}

const chatsMade = 11
const messagesMade = 51

export async function makeConformanceScene(market: TestMarket): Promise<ConformanceScene> {
  const base = await makeScene(market)
  for (let i = 1; i < 5; i++) await addCampaign(market, base, BigInt(i))
  await Promise.all(Array.from({ length: chatsMade }, () => base.makeChat()))
  await makeKinds(market, base)
  const longChat = await base.makeChat()
  const long = { ...makeCall('sendMessageToChat', base), query: { chatId: `${longChat}` } }
  for (let i = 0; i < messagesMade; i++) await send(market, long)
  const writeChat = await base.makeChat()
  const finishedChat = await base.makeChat()
  await market.running.market.postbox.post({ businessId: base.businessId, chatId: finishedChat, event: 'closed' })
  const keys = await Promise.all(scopes.map(scope => base.makeKey([scope])))
  const others = [await makeRevoked(market, base), await makeForeign(market), await makeDisabled(market)]
  market.running.market.keyring.changed()
  return { ...base, extraKeys: [...keys, ...others], writeChat, finishedChat, freshOrder: await base.makeOrder() }
}

function addCampaign(market: TestMarket, { businessId, campaignId }: Scene, number: bigint) {
  const id = (campaignId * 1000n + number) as CampaignId // a free number
  const shop = { campaignId: id, businessId, domain: 'Лавка', placementType: 'fby', now: new Date() } as const
  return insertCampaign(market.sql, shop)
}

/** Chats of every kind, and in the first one messages of every kind. */
async function makeKinds(market: TestMarket, base: Scene): Promise<void> {
  const { customerId } = (await findCustomer(market.sql, base.customer.publicId)) ?? { customerId: 0n as CustomerId }
  const open = (context: unknown) => send(market, { ...makeCall('createChat', base), json: { context } })
  await base.makeOrder(maxInt64)
  await saveReturn(market.sql, base.businessId, { returnId: maxInt64 as ReturnId, orderId: base.orderId }, new Date())
  resultOf(await open({ type: 'RETURN', id: maxInt64 }))
  resultOf(await open({ type: 'ORDER', id: maxInt64 }))
  await openDirectChat(market.running.market, base.businessId, customerId, new Date())
  const { postbox } = market.running.market
  const here = { businessId: base.businessId, chatId: base.chatId as ChatId } // as the answer had it
  const text = { kind: 'text', body: 'Где мой заказ?' } as const
  const sticker = { kind: 'sticker', body: 'cat' } as const
  await send(market, makeCall('sendFileToChat', base))
  await postbox.post({ ...here, event: 'customer_writes', sender: 'customer', customerId, content: text })
  await postbox.post({ ...here, event: 'customer_writes', sender: 'customer', customerId, content: sticker })
  await postbox.post({ ...here, event: 'dispute_opened' })
  await postbox.post({ ...here, event: 'support_writes', sender: 'support', content: text })
  await postbox.post({ ...here, event: 'market_writes', sender: 'market', content: text })
}

async function makeRevoked(market: TestMarket, { makeKey, businessId }: Scene): Promise<string> {
  const token = await makeKey(['all-methods'])
  const keys = await listKeys(market.sql, businessId)
  await revokeKey(market.sql, businessId, keys.at(-1)?.keyId ?? 0n, new Date())
  return token
}

async function makeForeign(market: TestMarket): Promise<string> {
  return (await makeScene(market)).token
}

async function makeDisabled(market: TestMarket): Promise<string> {
  const { businessId, token } = await makeScene(market)
  await updateBusiness(market.sql, businessId, { apiDisabled: true })
  return token
}

type SuiteOptions = { isReadOnly?: boolean; parallel?: number }

/** The suite for that business. */
export async function makeSuite(
  market: Pick<TestMarket, 'url'>,
  { token, writeChat, freshOrder, finishedChat, extraKeys }: ConformanceScene,
  { isReadOnly = false, parallel = 2 }: SuiteOptions = {},
): Promise<Suite> {
  const { signal } = new AbortController()
  const sender = new Sender({ baseUrl: market.url, parallel, isReadOnly, clock: systemClock, signal })
  const writing = isReadOnly ? {} : { writeChat, order: freshOrder, finishedChat }
  const scene = await findScene(sender, { apiKey: token, extraKeys, ...writing })
  return { sender, scene, isReadOnly }
}
