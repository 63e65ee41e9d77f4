import {
  type Campaign,
  ConnectionError,
  Forbidden,
  InvalidInput,
  MarketClient,
  TimeoutError,
  Unauthorized,
} from '#client'
import { chatsPageMax } from '#contract'
import type { Clock } from '#kit'
import { clientClockOf } from './client-clock.ts'
import { firstMirrorCost } from './first-mirror.ts'
import { canReadChats, canWrite, missingScopes } from './scopes.ts'

export type OpenedBusiness = { businessId: bigint; name: string; campaigns: { campaignId: bigint; name: string }[] }

export type CheckedKey = {
  keyName: string
  scopes: string[]
  canWrite: boolean
  missing: string[]
  businesses: OpenedBusiness[]
  /** Of the one business that the key opens, if they are few enough to be counted. */
  chats?: number
  firstMirror?: { calls: number; minutes: number }
}

/** `refused`: the market does not know the key, or it opens no chats. `away`: nobody could be asked. `invalid`: nothing was asked. */
export type KeyCheck = { outcome: 'opens'; key: CheckedKey } | { outcome: 'refused' | 'away' | 'invalid'; why: string }

export type KeyToCheck = { baseUrl: string; apiKey: string }
type Needs = { clock: Clock; integration: string; fetch?: typeof fetch | undefined }

const timeoutMs = 10_000
/** A page costs a call. */
const countedPagesMax = 25

/** Asks the market what a key opens. */
export async function checkKey({ clock, integration, fetch }: Needs, asked: KeyToCheck): Promise<KeyCheck> {
  const clientOf = (businessId: bigint) =>
    new MarketClient({ ...asked, businessId, clock: clientClockOf(clock), integration, timeoutMs, fetch })
  try {
    // The business is not known before the key's campaigns are.
    const { name, scopes } = await clientOf(1n).token()
    if (!canReadChats(scopes)) return { outcome: 'refused', why: `the key ${name} does not open chats` }
    const businesses = await readBusinesses(clientOf(1n))
    const [only, another] = businesses
    const counted = only && !another ? await countChats(clientOf(only.businessId)) : {}
    const key = { keyName: name, scopes, canWrite: canWrite(scopes), missing: missingScopes(scopes), businesses }
    return { outcome: 'opens', key: { ...key, ...counted } }
  } catch (error) {
    return { outcome: outcomeOf(error), why: error instanceof Error ? error.message : String(error) }
  }
}

/** Throws what is no answer of a market. */
function outcomeOf(error: unknown): 'refused' | 'away' | 'invalid' {
  if (error instanceof InvalidInput) return 'invalid'
  if (error instanceof Unauthorized || error instanceof Forbidden) return 'refused'
  if (error instanceof ConnectionError || error instanceof TimeoutError) return 'away'
  if (error instanceof Error && 'operation' in error) return 'away'
  throw error
}

async function readBusinesses(client: MarketClient): Promise<OpenedBusiness[]> {
  const businesses = new Map<bigint, OpenedBusiness>()
  for await (const campaign of client.campaigns.list()) {
    const { businessId, businessName, campaignId } = campaign
    if (businessId === undefined) continue
    const business = businesses.get(businessId) ?? { businessId, name: businessName ?? `${businessId}`, campaigns: [] }
    business.campaigns.push({ campaignId, name: nameOf(campaign) })
    businesses.set(businessId, business)
  }
  return [...businesses.values()]
}

const nameOf = ({ name, campaignId }: Campaign) => name ?? `${campaignId}`

async function countChats(client: MarketClient): Promise<Pick<CheckedKey, 'chats' | 'firstMirror'>> {
  let [chats, pages] = [0, 0]
  for await (const { items } of client.chats.list({ limit: chatsPageMax }).pages()) {
    if (++pages > countedPagesMax) return {}
    chats += items.length
  }
  return { chats, firstMirror: firstMirrorCost(chats) }
}
