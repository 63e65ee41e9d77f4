import { type Campaign, type MarketClient, NotFound, WireError } from '#client'
import { apiAvailabilities, pingTimeoutMs } from '#contract'
import { systemClock } from '#kit'
import { timeOfDay } from '../../terminal/format-time.ts'
import { onOneLine } from '../../terminal/printable.ts'
import type { Texts } from '../../texts/index.ts'
import type { ShopAccess } from '../session/access.ts'
import { mayReadChats, mayWriteChats } from '../session/scopes.ts'
import { ping } from './ping.ts'
import type { Fetched } from './watched-fetch.ts'

/** What was found, and what to do about it. */
export type Check = { isGood: boolean; told: string; fix?: string }
type Patient = {
  market: MarketClient
  access: ShopAccess
  fetched: Fetched
  receiver: URL | undefined
  texts: Texts
  signal: AbortSignal
  /** The same for calls of the market. */
  callSignal: AbortSignal
}

type Name = 'address' | 'key' | 'scopes' | 'cabinet' | 'chats' | 'limits' | 'clock' | 'receiver'
/** What `needs` another that was found bad is left out: it would only say the same again. */
type CheckUp = { name: Name; look(patient: Patient): Promise<Check | undefined>; endsAll?: true; needs?: Name[] }

const [available] = apiAvailabilities
const maxClockGapMs = 60_000
const minLimitShare = 0.1

/** In the order in which one needs the other. What nothing can be found without ends the examination. */
export const checkUps: readonly CheckUp[] = [
  { name: 'address', look: lookAtAddress, endsAll: true },
  { name: 'key', look: lookAtKey, endsAll: true },
  { name: 'scopes', look: lookAtScopes },
  { name: 'cabinet', look: lookAtBusiness },
  { name: 'chats', look: lookAtChats, needs: ['scopes', 'cabinet'] },
  { name: 'limits', look: lookAtLimits },
  { name: 'clock', look: lookAtClock },
  { name: 'receiver', look: lookAtReceiver },
]

/** Any answer will do, a refusal too. */
async function lookAtAddress({ market, fetched, access, texts, callSignal: signal }: Patient): Promise<Check> {
  const error: unknown = await market.token({ signal }).then(
    () => undefined,
    error => error,
  )
  if (error !== undefined && fetched.tookMs === undefined) throw error
  if (error instanceof NotFound || error instanceof WireError)
    return { isGood: false, told: texts.doctor.notTheApi(access.baseUrl), fix: texts.doctor.notTheApiFix }
  return { isGood: true, told: texts.doctor.reached(access.baseUrl, fetched.tookMs ?? 0) }
}

async function lookAtKey({ market, texts, callSignal: signal }: Patient): Promise<Check> {
  const { name } = await market.token({ signal })
  return { isGood: true, told: texts.doctor.keyTaken(onOneLine(name)) }
}

async function lookAtScopes({ market, texts: { doctor }, callSignal: signal }: Patient): Promise<Check> {
  const { scopes } = await market.token({ signal })
  const told = scopes.map(onOneLine).join(', ')
  if (mayWriteChats(scopes)) return { isGood: true, told: doctor.mayWrite(told) }
  if (mayReadChats(scopes)) return { isGood: false, told: doctor.mayRead(told), fix: doctor.mayReadFix }
  return { isGood: false, told: doctor.noChats(told), fix: doctor.noChatsFix }
}

async function lookAtBusiness({ market, access, texts: { doctor }, callSignal: signal }: Patient): Promise<Check> {
  const campaigns: Campaign[] = []
  for await (const campaign of market.campaigns.list({ signal })) campaigns.push(campaign)
  const ids = [...new Set(campaigns.flatMap(({ businessId }) => businessId ?? []))]
  const businessId = access.businessId ?? ids[0]
  const own = campaigns.filter(campaign => campaign.businessId === businessId)
  if (businessId === undefined || own.length === 0)
    return { isGood: false, told: doctor.businessNot(businessId ?? 0n, ids.join(', ')), fix: doctor.businessFix }
  const disabled = own.filter(({ apiAvailability = available }) => apiAvailability !== available)
  const told = doctor.businessOpen(businessId, doctor.shops(own.length))
  if (disabled.length === 0) return { isGood: true, told }
  const names = disabled.map(({ name, campaignId }) => onOneLine(name ?? `${campaignId}`)).join(', ')
  return { isGood: false, told: `${told}; ${doctor.shopDisabled(names)}`, fix: doctor.shopDisabledFix }
}

async function lookAtChats({ market, texts, callSignal: signal }: Patient): Promise<Check> {
  const { items } = await market.chats.list({ limit: 1 }, { signal }).page()
  return { isGood: true, told: items.length === 0 ? texts.chats.none : texts.doctor.chatsRead }
}

async function lookAtLimits({ market, texts: { doctor } }: Patient): Promise<Check> {
  const limits = [...market.limits()]
  if (limits.length === 0) return { isGood: true, told: doctor.limitsUntold }
  const rows = limits.map(([name, { remaining, limit, until }]) =>
    doctor.limit(name, `${remaining}/${limit}`, timeOfDay(until)),
  )
  const isLow = limits.some(([, { remaining, limit }]) => remaining < limit * minLimitShare)
  return { isGood: !isLow, told: rows.join(' · '), ...(isLow && { fix: doctor.limitsLow }) }
}

async function lookAtClock({ fetched: { aheadMs }, texts: { doctor } }: Patient): Promise<Check> {
  if (aheadMs === undefined) return { isGood: true, told: doctor.clockUntold }
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (Math.abs(aheadMs) <= maxClockGapMs) return { isGood: true, told: doctor.clockGood(seconds) }
  return { isGood: false, told: doctor.clockBad(seconds, aheadMs > 0), fix: doctor.clockFix }
}

async function lookAtReceiver({ receiver, texts, signal }: Patient): Promise<Check | undefined> {
  if (receiver === undefined) return undefined
  const { doctor } = texts
  const began = systemClock.now().getTime()
  const trouble = await ping(receiver, texts, signal)
  const tookMs = systemClock.now().getTime() - began
  if (trouble !== undefined)
    return {
      isGood: false,
      told: doctor.receiverBad(receiver.href, trouble.told),
      fix: trouble.isAway ? doctor.receiverAwayFix : doctor.receiverFix,
    }
  if (tookMs > pingTimeoutMs)
    return {
      isGood: false,
      told: doctor.receiverBad(receiver.href, doctor.receiverSlow(tookMs)),
      fix: doctor.receiverFix,
    }
  return { isGood: true, told: doctor.receiverGood(receiver.href, tookMs) }
}
