import { type BusinessId, idOf, Type } from '#contract'
import { isAlive, Problem } from '#kit'
import { say } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import type { Texts } from '../texts/index.ts'
import { AdminCalls } from './admin-calls.ts'
import { findNewToken, readRunning, requireRunning } from './running-file.ts'

/** What a command that talks to a running market is told. */
export type ConnectionFlags = { url?: string; adminToken?: string; business?: BusinessId; data: string }

/** A running market, and the business that was named. */
export type FoundMarket = { admin: AdminCalls; businessId: BusinessId | undefined }

/** The market meant by flags and variables, else the one that runs from the data folder; whose token is known when both are one. */
export async function findMarket(flags: ConnectionFlags, texts: Texts): Promise<FoundMarket> {
  const { url, adminToken, business, data } = flags
  const isHere = url === undefined || (await isRunningHere(url, data, texts))
  if (!isHere && adminToken !== undefined)
    return { admin: new AdminCalls({ url, adminToken }, texts), businessId: business }
  if (!isHere) throw new Problem(texts.connection.needsToken(url))
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

/** Says so where a market runs from the folder that is not the one that is meant. */
async function isRunningHere(url: string, data: string, texts: Texts): Promise<boolean> {
  const running = await readRunning(data, texts)
  if (running === undefined) return false
  const isSame = isSameMarket(url, running.url)
  if (!isSame && isAlive(running.pid)) say(`prilavok: ${texts.connection.elsewhere(url, data, running.url)}`)
  return isSame
}

/** The names of this machine's loopback are one address. */
function isSameMarket(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)]
  const isSameHost = a.hostname === b.hostname || (isLoopback(one) && isLoopback(other))
  return isSameHost && a.protocol === b.protocol && a.port === b.port && a.pathname === b.pathname
}

/** Whether the address is one of this machine that no other reaches. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}
