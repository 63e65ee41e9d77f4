import { type BusinessId, type CampaignId, type ChatId, keysPerBusiness } from '#contract'
import { Problem } from '#kit'
import type { BuyerTokens } from '../buyers/buyer-token.ts'
import { makePng, pictures } from '../files/picture.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Secrets } from '../keys/secrets.ts'
import { derivedToken, hashToken } from '../keys/token.ts'
import type { LabBuyers } from '../lab/buyers/buyers.ts'
import { findBusiness } from '../store/businesses.ts'
import { listAdminChats } from '../store/chat-lists/list-chats.ts'
import { findKeyByHash, insertKey } from '../store/keys.ts'
import { type DemoIds, findDemo, type MakingNeeds, makeDemo } from './make-demo.ts'

export type Demo = {
  isNew: boolean
  businessId: BusinessId
  businessName: string
  campaignId: CampaignId
  apiKey: string
  /** A customer who waits for an answer, with the chat. */
  customer: { name: string; token: string; chatId: ChatId }
  /** A PNG to send in the first conversation. */
  photo: Buffer
}

type DemoNeeds = MakingNeeds & {
  keyring: Keyring
  buyerTokens: BuyerTokens
  secrets: Pick<Secrets, 'demoKey' | 'apiKeys'>
  /** Only with a lab. */
  labBuyers?: LabBuyers | undefined
}

const maxWaiting = 100

/** The demo business: the one there is, or a new one, in one transaction. Its key is always the same for one server secret. */
export async function ensureDemo(market: DemoNeeds): Promise<Demo> {
  const found = await findDemo(market.sql)
  const demo = found ?? (await makeDemo(market))
  const isNew = found === undefined
  await sendBuyers(market, demo, isNew)
  const business = await findBusiness(market.sql, demo.businessId)
  return {
    isNew,
    businessId: demo.businessId,
    businessName: business?.name ?? '',
    campaignId: demo.campaignId,
    apiKey: await ensureKey(market, demo.businessId),
    customer: {
      name: demo.customer.name,
      token: await market.buyerTokens.make(demo.customer.customerId),
      chatId: demo.chatId,
    },
    photo: makePng(pictures.chippedMug),
  }
}

/** With a lab, simulated buyers answer: in the chat that is printed, and in a new business in every chat that waits for the shop. */
async function sendBuyers({ sql, labBuyers }: DemoNeeds, demo: DemoIds, isNew: boolean): Promise<void> {
  if (!labBuyers) return
  const { businessId } = demo
  const waiting = { type: 'chat', status: 'waiting_for_partner' } as const
  const page = { before: undefined, limit: maxWaiting, maxLooked: maxWaiting }
  const { rows } = isNew ? await listAdminChats(sql, businessId, waiting, page) : { rows: [] }
  const chats = rows.filter(({ contextType }) => contextType !== 'direct')
  for (const { chatId } of [demo, ...chats])
    await labBuyers.join({ businessId, chatId }, { persona: 'patient', intent: 'where-is-my-order' })
}

/** Of the desk beside the demo: what it asks is told from what a program asks with the key that is printed. */
export async function ensureDeskKey(market: DemoNeeds, { businessId, apiKey }: Demo): Promise<string> {
  return (await findOrMakeKey(market, businessId, { name: 'Prilavok desk', seed: 'desk ' })) ?? apiKey
}

async function ensureKey(market: DemoNeeds, businessId: BusinessId): Promise<string> {
  const token = await findOrMakeKey(market, businessId, { name: 'Демо', seed: '' })
  if (token !== undefined) return token
  throw new Problem(
    `The demo business has ${keysPerBusiness} keys, and none is the demo's: start "prilavok market", revoke a key of business ${businessId}, and start again.`,
    { kind: 'demoKeysUsedUp', facts: { keys: keysPerBusiness, businessId: String(businessId) } },
  )
}

type KeyWanted = { name: string; seed: string }

/** The first of these keys that is not revoked, made if there is none; undefined if the business has as many keys as it may have. */
async function findOrMakeKey(
  market: DemoNeeds,
  businessId: BusinessId,
  wanted: KeyWanted,
  number = 0,
): Promise<string | undefined> {
  const token = derivedToken(market.secrets.demoKey, `${wanted.seed}${number}`)
  const hash = hashToken(market.secrets.apiKeys, token)
  const known = (await findKeyByHash(market.sql, hash)) ?? (await makeKey(market, businessId, wanted.name, hash))
  if (known === undefined) return undefined
  return known.revokedAt === null ? token : findOrMakeKey(market, businessId, wanted, number + 1)
}

async function makeKey({ sql, clock, keyring }: DemoNeeds, businessId: BusinessId, name: string, hash: Buffer) {
  const key = await insertKey(sql, {
    businessId,
    name,
    hash,
    scopes: ['all-methods'],
    max: keysPerBusiness,
    now: clock.now(),
  })
  if (key) keyring.changed()
  // Another process may have made it meanwhile.
  return key ?? findKeyByHash(sql, hash)
}
