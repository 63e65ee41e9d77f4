import { Type } from 'typebox'
import type { Scope } from '#contract'
import { connect, findMarket, requireBusinessId } from '../../connection/find-market.ts'

const scopes: Scope[] = ['communication']

/** A new key of a cabinet of the market that runs from a folder: whoever started it need not look for one. */
export async function makeLocalKey(data: string, business: bigint | undefined) {
  const place = await findMarket({ data })
  const admin = connect(place)
  const businessId = business ?? (await requireBusinessId(place, admin))
  const key = await admin.ask(`POST /admin/v1/businesses/${businessId}/keys`, Type.Object({ token: Type.String() }), {
    name: 'prilavok login',
    scopes,
  })
  return { apiKey: key.token, baseUrl: place.url, business: businessId }
}
