import { askAdminFor } from '../../test/support/admin.ts'
import type { TestMarket } from '../../test/support/test-market.ts'
import type { Route } from '../api/routes.ts'
import type { Tenant } from './tenant.ts'

/** Who calls, with the ids that are their own. */
export type Caller = { name: string; token: string | undefined; tenant: Tenant; mayCall(route: Route): boolean }

const businessPath = '{businessId}'

export async function makeCallers(market: TestMarket, own: Tenant, disabled: Tenant): Promise<Caller[]> {
  const { scene } = own
  const revoked = await makeRevoked(market, own)
  const priced = await scene.makeKey(['pricing'])
  const make = (name: string, token: string | undefined, mayCall: Caller['mayCall'], tenant = own): Caller => ({
    ...{ name: `${name} of ${tenant.name}`, token, mayCall, tenant },
  })
  return [
    make('a key', scene.token, ({ api }) => api === 'published' || api === 'files'),
    make('a key without the scope', priced, ({ scopes }) => scopes.includes('pricing')),
    make('a revoked key', revoked, () => false),
    make(
      'a key',
      disabled.scene.token,
      ({ api, path }) => (api === 'published' && !path.includes(businessPath)) || api === 'files',
      disabled,
    ),
    make('the buyer', own.buyer.token, ({ api }) => api === 'buyer' || api === 'files'),
    make('a business token', own.businessToken, ({ isForBusiness }) => isForBusiness),
    make('nobody', undefined, () => false),
    make('nonsense', 'nonsense', () => false),
  ]
}

async function makeRevoked(market: TestMarket, { scene }: Tenant): Promise<string> {
  const path = `/businesses/${scene.businessId}/keys` as const
  const body = { name: 'Ключ', scopes: ['all-methods'] }
  const { token, key } = await askAdminFor<{ token: string; key: { keyId: number } }>(market, `POST ${path}`, body)
  await askAdminFor(market, `DELETE ${path}/${key.keyId}`)
  return token
}
