import { type ConnectionFlags, findMarket } from '../connection/find-market.ts'
import { print, printJson } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import { WrongUsage } from '../terminal/wrong-usage.ts'
import type { Texts } from '../texts/index.ts'

export type RevokeFlags = ConnectionFlags & {
  admin?: true
  sessions?: true
  buyer?: string
  allBuyers?: true
  allBusinesses?: true
  json?: true
}

/** `path` is where the admin API revokes it, `json` what `--json` prints when that is done, `told` what a person is told. */
type Revoking = { path: `/${string}`; json: object; told: string }

/** Each is told when it is done: one that fails takes none of those before it back. */
export async function revokeTokens(flags: RevokeFlags, texts: Texts): Promise<void> {
  const all = revokingsOf(flags, texts)
  if (all.length === 0) throw new WrongUsage(texts.tokens.nothing)
  const { admin } = await findMarket(flags, texts)
  for (const { path, json, told } of all) {
    await admin.tell(`DELETE /admin/v1${path}`)
    if (flags.json) printJson(json)
    else print(told)
  }
}

/** The admin token is the last: after it no other call is admitted. */
function revokingsOf(flags: RevokeFlags, { tokens: said }: Texts): Revoking[] {
  const { admin, sessions, buyer, allBuyers, business, allBusinesses } = flags
  const all = (purpose: string, told: string): Revoking => ({ path: `/tokens/${purpose}`, json: { purpose }, told })
  const wanted: (Revoking | false | undefined)[] = [
    buyer !== undefined && {
      path: `/customers/${encodeURIComponent(buyer)}/tokens`,
      json: { purpose: 'buyer', publicId: buyer },
      told: said.ofBuyer(onOneLine(buyer)),
    },
    allBuyers && all('buyer', said.ofBuyers),
    business !== undefined && {
      path: `/businesses/${business}/cabinet-tokens`,
      json: { purpose: 'business', businessId: business },
      told: said.ofBusiness(business),
    },
    allBusinesses && all('business', said.ofBusinesses),
    sessions && !admin && all('console', said.ofConsole),
    admin && all('admin', said.ofAdmin),
  ]
  return wanted.filter(each => typeof each === 'object')
}
