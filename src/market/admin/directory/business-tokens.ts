import { dateTime, int32, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { type BusinessTokens, businessTokenEnd } from '../access/business-token.ts'
import { name, OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const daysDefault = 30

export const createCabinetToken = defineEndpoint(
  defineOwnOperation({
    name: 'createCabinetToken',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/cabinet-tokens',
    tag: 'keys',
    summary: 'Create a cabinet token',
    description:
      'For whoever builds an integration of this one business: subscriptions, deliveries, the query log, live events, and nothing else. Shown here and never again; those of a business are revoked together, so give it no more days than it needs.',
    params: OfBusiness,
    body: Type.Object({
      name,
      days: Type.Optional(
        int32({ minimum: 1, maximum: 365, default: daysDefault, description: 'For how many days it is good.' }),
      ),
    }),
    response: Type.Object({
      token: Type.String({ description: 'Send it as "Authorization: Bearer …".' }),
      expiresAt: dateTime('Until when it is good, UTC.'),
    }),
    status: 201,
    refusals: [...usual, 404],
  }),
  async (
    { sql, clock, businessTokens }: { sql: Sql; clock: Clock; businessTokens: BusinessTokens },
    { params, body: { name, days = daysDefault } },
  ) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const now = clock.now()
    const token = await businessTokens.make({ businessId, name, days }, now)
    return { token, expiresAt: businessTokenEnd(now, days).toISOString() }
  },
)
