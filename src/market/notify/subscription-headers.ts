import { createHmac } from 'node:crypto'
import { parseJson, serializeJson } from '#contract'
import { openText, sealText } from '#kit'

/** A header that a shop wants with each of its notifications. */
export type ShopHeader = { name: string; value: string }

export const maxHeaders = 10
const maxBytes = 4_096

/** What is ours, and what belongs to the connection. */
const reserved = [
  ...['host', 'content-type', 'content-length', 'content-encoding', 'accept', 'accept-encoding', 'user-agent', 'date'],
  ...['traceparent', 'tracestate', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'expect'],
  ...['connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'http2-settings', 'via'],
]
const isReserved = (name: string) => reserved.includes(name) || name.startsWith('proxy-')
const tokenPattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/
const valuePattern = /^[!-~](?:[\t -~]*[!-~])?$/

/** What is wrong with them; values are never repeated. */
export function headersTrouble(headers: readonly ShopHeader[]): string | undefined {
  if (headers.length > maxHeaders) return `must be at most ${maxHeaders}`
  const names = headers.map(({ name }) => name.toLowerCase())
  const unfit = headers.find(({ name }) => !tokenPattern.test(name))
  if (unfit) return 'must have names of 1 to 100 letters, digits and hyphens'
  const taken = names.find(isReserved)
  if (taken !== undefined) return `must not have ${taken}: the market sends it, or the connection needs it`
  if (new Set(names).size < names.length) return 'must have each name once'
  const bad = headers.find(({ value }) => !valuePattern.test(value))
  if (bad) return `must have visible ASCII as the value of ${bad.name}, without blanks at its ends`
  const bytes = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  return bytes > maxBytes ? `must have at most ${maxBytes} characters in all` : undefined
}

type Owner = { businessId: bigint }

/** Derived from the key of the secrets, which it does not tell. */
const sealingKey = (key: Buffer) => createHmac('sha256', key).update('headers').digest()

/** Bound to their business, so that in the rows of another one they cannot be opened. */
const boundTo = ({ businessId }: Owner) => `headers of ${businessId}`

/** Null: there are none. */
export function sealHeaders(key: Buffer, owner: Owner, headers: readonly ShopHeader[]): Buffer | null {
  return headers.length === 0 ? null : sealText(sealingKey(key), boundTo(owner), serializeJson(headers))
}

/** Throws if they were sealed with another key or for another business. */
export function openHeaders(key: Buffer, owner: Owner, sealed: Buffer | null): ShopHeader[] {
  if (sealed === null) return []
  const parsed = parseJson(openText(sealingKey(key), boundTo(owner), sealed))
  if (!parsed.ok || !Array.isArray(parsed.value)) throw new TypeError('sealed headers are no list')
  return parsed.value as ShopHeader[] // sealed by the function above
}
