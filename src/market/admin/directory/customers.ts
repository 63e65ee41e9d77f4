import { type BusinessId, dateTime, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, problems } from '#serving'
import { type BuyerTokens, buyerTokenEnd } from '../../buyers/buyer-token.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { listUnknownBusinesses } from '../../store/businesses.ts'
import { listSubscriptions, replaceSubscriptions, saveCustomer } from '../../store/customers.ts'
import { businessId, name, publicId, usual } from '../access/parameters.ts'
import { requireCustomer } from '../access/require.ts'

const tag = 'customers'
const maxSubscriptions = 1000
const OfCustomer = Type.Object({ publicId })
const subscribedTo = Type.Unsafe<BusinessId[]>({
  type: 'array',
  items: businessId,
  maxItems: maxSubscriptions,
  uniqueItems: true,
  description: 'The businesses the customer is subscribed to.',
})
const Customer = Type.Object({ publicId, name, subscribedTo }, { title: 'Customer' })

export const putCustomer = defineEndpoint(
  defineOwnOperation({
    name: 'putCustomer',
    verb: 'PUT',
    path: '/admin/v1/customers/{publicId}',
    tag,
    summary: 'Put a customer',
    description: 'Creates the customer, or changes the name. Without subscribedTo the subscriptions stay as they are.',
    params: OfCustomer,
    body: Type.Object({ name, subscribedTo: Type.Optional(subscribedTo) }),
    response: Type.Object({ customer: Customer }),
    refusals: [...usual, 404],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params, body }) => {
    const [unknown] = await listUnknownBusinesses(sql, body.subscribedTo ?? [])
    if (unknown !== undefined) throw problems.notFound(`There is no business ${unknown} to be subscribed to.`)
    const { customerId, publicId, name } = await saveCustomer(sql, params.publicId, body.name, clock.now())
    if (body.subscribedTo) await replaceSubscriptions(sql, customerId, body.subscribedTo)
    return { customer: { publicId, name, subscribedTo: await listSubscriptions(sql, customerId) } }
  },
)

export const createBuyerToken = defineEndpoint(
  defineOwnOperation({
    name: 'createBuyerToken',
    verb: 'POST',
    path: '/admin/v1/customers/{publicId}/tokens',
    tag,
    summary: 'Create a token of a customer',
    description: 'For the storefront, which acts on behalf of this one customer in the buyer API until it is over.',
    params: OfCustomer,
    response: Type.Object({
      token: Type.String({ description: 'Send it as "Authorization: Bearer …".' }),
      expiresAt: dateTime('Until when it is good, UTC.'),
    }),
    status: 201,
    refusals: [...usual, 404],
  }),
  async ({ sql, clock, buyerTokens }: { sql: Sql; clock: Clock; buyerTokens: BuyerTokens }, { params }) => {
    const { customerId } = await requireCustomer(sql, params.publicId)
    const now = clock.now()
    return { token: await buyerTokens.make(customerId, now), expiresAt: buyerTokenEnd(now).toISOString() }
  },
)
