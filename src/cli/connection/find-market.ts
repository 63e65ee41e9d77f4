import { type BusinessId, idOf, Type } from '#contract'
import { Problem } from '#kit'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'
import { AdminCalls } from './admin-calls.ts'
import { findNewToken, requireRunning } from './running-file.ts'

/** What a command that talks to a running market is told. */
export type ConnectionFlags = { url?: string; adminToken?: string; business?: BusinessId; data: string }

/** A running market, and the business that was named. */
export type FoundMarket = { admin: AdminCalls; businessId: BusinessId | undefined }

/** The market meant by flags and variables, else the one that runs from the data folder. */
export async function findMarket(
  { url, adminToken, business, data }: ConnectionFlags,
  texts: Texts,
): Promise<FoundMarket> {
  if (url !== undefined && adminToken !== undefined)
    return { admin: new AdminCalls({ url, adminToken }, texts), businessId: business }
  if (url !== undefined) throw new Problem(texts.connection.needsToken(url))
  const running = await requireRunning(data, texts)
  const renew = (refused: string) => findNewToken(data, refused, texts)
  const admin = new AdminCalls({ ...running, ...(adminToken === undefined ? { renew } : { adminToken }) }, texts)
  return { admin, businessId: business ?? running.businessId }
}

const businessId = idOf<BusinessId>('The business.')
const Businesses = Type.Object({ businesses: Type.Array(Type.Object({ businessId, name: Type.String() })) })
const maxNamed = 5

/** The business that was named, else the only one there is. */
export async function requireBusinessId(
  { admin, businessId }: FoundMarket,
  { connection }: Texts,
): Promise<BusinessId> {
  if (businessId !== undefined) return businessId
  const { businesses } = await admin.ask('GET /admin/v1/businesses', Businesses)
  const [first, ...others] = businesses
  if (first && others.length === 0) return first.businessId
  if (!first) throw new Problem(connection.noBusiness(admin.url))
  const named = businesses.slice(0, maxNamed).map(({ businessId, name }) => `${businessId} (${onOneLine(name)})`)
  const more = businesses.length > maxNamed ? ', …' : ''
  throw new Problem(connection.whichBusiness(named.join(', ') + more))
}

/** Whether the address is one of this machine that no other reaches. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}
