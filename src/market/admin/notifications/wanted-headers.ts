import { problems } from '#serving'
import { headersTrouble, openHeaders, type ShopHeader, sealHeaders } from '../../notify/subscription-headers.ts'
import type { SealedHeaders, SubscriptionRow } from '../../store/subscriptions.ts'

type Wanted = readonly { name: string; value?: string }[]
type Owner = Pick<SubscriptionRow, 'businessId'> & Partial<Pick<SubscriptionRow, 'sealedHeaders' | 'url'>>

/** The headers that are asked for; a value that is left out is the one of that name that is kept. Throws a 400. */
export function readHeaders(key: Buffer, owner: Owner, wanted: Wanted): ShopHeader[] {
  const kept = openHeaders(key, owner, owner.sealedHeaders ?? null)
  const keptValue = (name: string) => kept.find(one => one.name.toLowerCase() === name.toLowerCase())?.value
  const read = wanted.map(({ name, value = keptValue(name) }) => {
    if (value === undefined) throw problems.misfit('headers', `must have a value for ${name}: none is kept`)
    return { name, value }
  })
  const trouble = headersTrouble(read)
  if (trouble !== undefined) throw problems.misfit('headers', trouble)
  return read
}

/** Values that are kept stay with the host that they were given for: whoever may change the address does not learn them. */
export function requireValues(row: SubscriptionRow, url: string, wanted: Wanted | undefined): void {
  if (row.sealedHeaders === null || new URL(url).origin === new URL(row.url).origin) return
  if (wanted?.every(({ value }) => value !== undefined)) return
  throw problems.misfit(
    'headers',
    'must be given anew, with their values or as an empty list: the address is of another host',
  )
}

export function sealed(key: Buffer, owner: Owner, headers: readonly ShopHeader[]): SealedHeaders {
  return { headerNames: headers.map(({ name }) => name), sealedHeaders: sealHeaders(key, owner, headers) }
}
