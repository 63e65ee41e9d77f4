import { type CallReport, MarketClient } from '#client'
import { Problem } from '#kit'
import { version } from '../../terminal/version.ts'
import type { Texts } from '../../texts/index.ts'
import { findAccess, type ShopAccess } from './access.ts'
import { explainError } from './explain-error.ts'
import { limitReporter, makeTellLimit, type TellLimit } from './limit-reporter.ts'

/** What every command that talks to a market is told. */
export type ShopFlags = { profile?: string; json?: true }

/** What a command works with. */
export type Shop = {
  market: MarketClient
  access: ShopAccess
  texts: Texts
  signal: AbortSignal
  isJson: boolean
  tellLimit: TellLimit
}

type Surroundings = { texts: Texts; signal: AbortSignal }

const anyBusiness = 1n

/** The shop that flags and variables mean. */
export async function openShop({ profile, json }: ShopFlags, { texts, signal }: Surroundings): Promise<Shop> {
  const access = await findAccess(profile, texts)
  const businessId = access.businessId ?? (await onlyBusiness(access, { texts, signal }))
  const tellLimit = makeTellLimit(texts)
  const onCall = limitReporter(tellLimit, () => market.limits())
  const market = marketAt({ ...access, businessId }, { onCall })
  return { market, access, texts, signal, isJson: json === true, tellLimit }
}

type Ways = { fetch?: typeof fetch; onCall?: (call: CallReport) => void }

/** A client for this run. Calls that name no business work without one. */
export function marketAt({ apiKey, businessId, baseUrl }: Omit<ShopAccess, 'from'>, ways: Ways = {}): MarketClient {
  const integration = `prilavok-cli/${version}`
  return new MarketClient({ apiKey, businessId: businessId ?? anyBusiness, baseUrl, integration, ...ways })
}

/** The businesses that a key opens, by its shops. */
export async function businessesOf(market: MarketClient, signal: AbortSignal): Promise<Map<bigint, string>> {
  const businesses = new Map<bigint, string>()
  for await (const { businessId, businessName } of market.campaigns.list({ signal }))
    if (businessId !== undefined) businesses.set(businessId, businessName ?? '')
  return businesses
}

async function onlyBusiness(access: ShopAccess, { texts, signal }: Surroundings): Promise<bigint> {
  const businesses = await businessesOf(marketAt(access), signal).catch(error => {
    throw signal.aborted ? error : explainError(error, texts, access.baseUrl)
  })
  const ids = [...businesses.keys()]
  const [first] = ids
  if (first === undefined) throw new Problem(texts.login.noBusiness)
  if (ids.length > 1) throw new Problem(texts.login.whichBusiness(ids.join(', ')))
  return first
}
