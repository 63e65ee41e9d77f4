import { readingChats, readingOrders, type Scope, scopeOnWire, writingChats } from '#contract'

const hasAny = (scopes: readonly string[], wanted: readonly Scope[]) =>
  wanted.some(scope => scopes.includes(scopeOnWire(scope)))

/** What a key of these scopes, in the market's words, opens for a desk. */
export const canReadChats = (scopes: readonly string[]) => hasAny(scopes, readingChats)
export const canWrite = (scopes: readonly string[]) => hasAny(scopes, writingChats)
export const canReadOrders = (scopes: readonly string[]) => hasAny(scopes, readingOrders)

/** The smallest scopes that would open the rest. */
const writingScope = scopeOnWire('communication')
export const ordersScope = scopeOnWire('inventory-and-order-processing:read-only')

/** The scopes that a key lacks and the desk could use. */
export function missingScopes(scopes: readonly string[]): string[] {
  return [...(canWrite(scopes) ? [] : [writingScope]), ...(canReadOrders(scopes) ? [] : [ordersScope])]
}
