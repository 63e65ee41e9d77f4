import { dateTime, int32, oneOf, type Static, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { type TokenPurpose, tokenPurposes } from '../../store/directory/token-revocations.ts'
import type { Revocations } from '../../tokens/revocations.ts'
import { OfBusiness, publicId, usual } from '../access/parameters.ts'
import { requireBusiness, requireCustomer } from '../access/require.ts'

const tag = 'tokens'
const purpose = oneOf(tokenPurposes, {
  description:
    'admin: the admin token; console: sessions of the console; buyer: tokens of customers; business: cabinet tokens.',
})
const Tokens = Type.Object(
  {
    purpose,
    generation: int32({ description: '1, and one more with each time that all of them were revoked.' }),
    validFrom: Type.Optional(dateTime('Those made before are void. Left out if they were never revoked.')),
  },
  { title: 'Tokens' },
)

type Needs = { revocations: Revocations }

function view(purpose: TokenPurpose, revocations: Revocations): Static<typeof Tokens> {
  const row = revocations.of(purpose)
  return { purpose, generation: row?.generation ?? 1, ...(row && { validFrom: row.validFrom.toISOString() }) }
}

export const listTokens = defineEndpoint(
  defineOwnOperation({
    name: 'listTokens',
    verb: 'GET',
    path: '/admin/v1/tokens',
    tag,
    summary: 'List what tokens there are',
    description:
      'What the tokens of this market are for, and since when they are valid. Keys of businesses are not among them.',
    response: Type.Object({ tokens: Type.Array(Tokens) }),
    refusals: usual,
  }),
  async ({ revocations }: Needs) => {
    await revocations.fresh()
    return { tokens: tokenPurposes.map(each => view(each, revocations)) }
  },
)

/** Who has had the admin token may have opened sessions with it. */
const alsoRevoked: Partial<Record<TokenPurpose, readonly TokenPurpose[]>> = { admin: ['console'] }

export const revokeTokens = defineEndpoint(
  defineOwnOperation({
    name: 'revokeTokens',
    verb: 'DELETE',
    path: '/admin/v1/tokens/{purpose}',
    tag,
    summary: 'Revoke all tokens of a purpose',
    description: [
      'Everything made so far opens nothing from now on, in other processes within seconds; event streams are ended.',
      'Revoking `admin` ends the sessions of the console too. The new admin token is not answered: each process of the market prints it and writes it into running.json in its data folder.',
    ].join('\n\n'),
    params: Type.Object({ purpose }),
    response: Type.Null(),
    status: 204,
    refusals: usual,
  }),
  async ({ revocations }: Needs, { params: { purpose } }) => {
    const purposes = [purpose, ...(alsoRevoked[purpose] ?? [])]
    await revocations.revoke(purposes.map(each => ({ purpose: each, subject: '' })))
    return undefined
  },
)

export const revokeBuyerTokens = defineEndpoint(
  defineOwnOperation({
    name: 'revokeBuyerTokens',
    verb: 'DELETE',
    path: '/admin/v1/customers/{publicId}/tokens',
    tag: 'customers',
    summary: 'Revoke the tokens of a customer',
    description: 'All that were made for this one customer so far open nothing from now on; event streams are ended.',
    params: Type.Object({ publicId }),
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, revocations }: Needs & { sql: Sql }, { params }) => {
    const { customerId } = await requireCustomer(sql, params.publicId)
    await revocations.revoke([{ purpose: 'buyer', subject: `${customerId}` }])
    return undefined
  },
)

export const revokeCabinetTokens = defineEndpoint(
  defineOwnOperation({
    name: 'revokeCabinetTokens',
    verb: 'DELETE',
    path: '/admin/v1/businesses/{businessId}/cabinet-tokens',
    tag: 'keys',
    summary: 'Revoke the cabinet tokens of a business',
    description: 'All that were made for this one business so far open nothing from now on; event streams are ended.',
    params: OfBusiness,
    response: Type.Null(),
    status: 204,
    refusals: [...usual, 404],
  }),
  async ({ sql, revocations }: Needs & { sql: Sql }, { params }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    await revocations.revoke([{ purpose: 'business', subject: `${businessId}` }])
    return undefined
  },
)
