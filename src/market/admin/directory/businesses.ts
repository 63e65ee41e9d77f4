import { type Static, Type } from 'typebox'
import { defineOperation, oneOf } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, type PageTokens, problems } from '#serving'
import type { Keyring } from '../../keys/keyring.ts'
import {
  type BusinessRow,
  directMessagesModes,
  insertBusiness,
  listBusinesses as listRows,
  updateBusiness as updateRow,
} from '../../store/directory.ts'
import { businessId, createdAt, name, nextPageToken, OfBusiness, Paging, usual } from '../access/parameters.ts'
import { noSuchBusiness, requireBusiness } from '../access/require.ts'

const tag = 'businesses'
const directMessages = oneOf(directMessagesModes, {
  description: 'Which customers may write without an order: none, those subscribed to the business, or all.',
})
const apiDisabled = Type.Boolean({ description: 'Keys of the business open nothing while it is true.' })
const testChatsAnswer = Type.Boolean({
  description: "Whether the lab's buyers answer in chats about test orders too. Only a market with a lab has any.",
})

const Business = Type.Object(
  { businessId, name, directMessages, apiDisabled, testChatsAnswer, createdAt },
  { title: 'Business' },
)
const OneBusiness = Type.Object({ business: Business })

function view({ createdAt, ...business }: BusinessRow): Static<typeof Business> {
  return { ...business, createdAt: createdAt.toISOString() }
}

export const createBusiness = defineEndpoint(
  defineOperation({
    name: 'createBusiness',
    verb: 'POST',
    path: '/admin/v1/businesses',
    tag,
    summary: 'Create a business',
    description: 'A cabinet without shops and keys. A marketplace with ids of its own gives businessId.',
    scopes: [],
    perHour: 0,
    body: Type.Object({
      name,
      directMessages: Type.Optional(directMessages),
      businessId: Type.Optional(businessId),
    }),
    response: OneBusiness,
    status: 201,
    refusals: [...usual, 409],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { body }) => {
    const { name, directMessages = 'off', businessId } = body
    const business = await insertBusiness(sql, { name, directMessages, businessId, now: clock.now() })
    if (!business) throw problems.conflict(`There is a business ${businessId} already.`)
    return { business: view(business) }
  },
)

export const listBusinesses = defineEndpoint(
  defineOperation({
    name: 'listBusinesses',
    verb: 'GET',
    path: '/admin/v1/businesses',
    tag,
    summary: 'List businesses',
    description: 'By id.',
    scopes: [],
    perHour: 0,
    query: Paging,
    response: Type.Object({ businesses: Type.Array(Business), nextPageToken }),
    refusals: usual,
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { query: { pageToken, limit = 0 } }) => {
    const owner = ['listBusinesses']
    const place = pageToken === undefined ? ['0'] : pageTokens.open(owner, pageToken)
    if (!place) throw problems.misfit('pageToken', 'is not a token of this list')
    const rows = await listRows(sql, BigInt(place[0] ?? 0), limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const next = rows.length > limit && last ? pageTokens.seal(owner, [`${last.businessId}`]) : undefined
    return { businesses: page.map(view), ...(next && { nextPageToken: next }) }
  },
)

export const getBusiness = defineEndpoint(
  defineOperation({
    name: 'getBusiness',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}',
    tag,
    summary: 'Read a business',
    description: 'One business.',
    scopes: [],
    perHour: 0,
    isForCabinet: true,
    params: OfBusiness,
    response: OneBusiness,
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params }) => ({ business: view(await requireBusiness(sql, params.businessId)) }),
)

export const updateBusiness = defineEndpoint(
  defineOperation({
    name: 'updateBusiness',
    verb: 'PATCH',
    path: '/admin/v1/businesses/{businessId}',
    tag,
    summary: 'Change a business',
    description: 'Changes what is given and leaves the rest. Takes effect at once.',
    scopes: [],
    perHour: 0,
    params: OfBusiness,
    body: Type.Object({
      name: Type.Optional(name),
      directMessages: Type.Optional(directMessages),
      apiDisabled: Type.Optional(apiDisabled),
      testChatsAnswer: Type.Optional(testChatsAnswer),
    }),
    response: OneBusiness,
    refusals: [...usual, 404],
  }),
  async ({ sql, keyring }: { sql: Sql; keyring: Keyring }, { params, body }) => {
    const { businessId } = params
    const business = await updateRow(sql, businessId, body)
    if (!business) throw noSuchBusiness(businessId)
    keyring.changed()
    return { business: view(business) }
  },
)
