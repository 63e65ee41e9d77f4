import { type CallReport, MarketClient } from '#client'
import { Problem } from '#kit'
import { version } from '../../terminal/version.ts'
import type { Texts } from '../../texts/index.ts'
import { findPlace, type Place } from './access.ts'
import { explainError } from './explain-error.ts'
import { limitTeller } from './report-limit.ts'

/** What every command that talks to a market is told. */
export type ShopFlags = { profile?: string; json?: true }

/** What a command works with. */
export type Shop = { market: MarketClient; place: Place; texts: Texts; signal: AbortSignal; isJson: boolean }

type Surroundings = { texts: Texts; signal: AbortSignal }

const anyBusiness = 1n

/** The shop that flags and variables mean. */
export async function openShop({ profile, json }: ShopFlags, { texts, signal }: Surroundings): Promise<Shop> {
  const place = await findPlace(profile, texts)
  const businessId = place.businessId ?? (await onlyBusiness(place, { texts, signal }))
  const onCall = limitTeller(texts, () => market.limits())
  const market = marketAt({ ...place, businessId }, { onCall })
  return { market, place, texts, signal, isJson: json === true }
}

type Ways = { fetch?: typeof fetch; onCall?: (call: CallReport) => void }

/** A client for this run. Calls that name no cabinet work without one. */
export function marketAt({ apiKey, businessId, baseUrl }: Omit<Place, 'from'>, ways: Ways = {}): MarketClient {
  const integration = `prilavok-cli/${version}`
  return new MarketClient({ apiKey, businessId: businessId ?? anyBusiness, baseUrl, integration, ...ways })
}

/** The cabinets that a key opens, by its shops. */
export async function businessesOf(market: MarketClient, signal: AbortSignal): Promise<Map<bigint, string>> {
  const businesses = new Map<bigint, string>()
  for await (const { businessId, businessName } of market.campaigns.list({ signal }))
    if (businessId !== undefined) businesses.set(businessId, businessName ?? '')
  return businesses
}

async function onlyBusiness(place: Place, { texts, signal }: Surroundings): Promise<bigint> {
  const businesses = await businessesOf(marketAt(place), signal).catch(error => {
    throw signal.aborted ? error : explainError(error, texts, place.baseUrl)
  })
  const ids = [...businesses.keys()]
  const [first] = ids
  if (first === undefined) throw new Problem(texts.login.noBusiness)
  if (ids.length > 1) throw new Problem(texts.login.whichBusiness(ids.join(', ')))
  return first
}
