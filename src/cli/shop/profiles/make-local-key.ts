import type { Scope } from '#contract'
import { Type } from '#contract'
import { findMarket, requireBusinessId } from '../../connection/find-market.ts'
import type { Texts } from '../../texts/index.ts'

const scopes: Scope[] = ['communication']

/** A new key of a business of the market that runs from a folder: whoever started it need not look for one. */
export async function makeLocalKey(data: string, business: bigint | undefined, texts: Texts) {
  const market = await findMarket({ data }, texts)
  const { admin } = market
  const businessId = business ?? (await requireBusinessId(market, texts))
  const key = await admin.ask(`POST /admin/v1/businesses/${businessId}/keys`, Type.Object({ token: Type.String() }), {
    name: 'prilavok login',
    scopes,
  })
  return { apiKey: key.token, baseUrl: admin.url, business: businessId }
}
