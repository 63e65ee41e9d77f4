import { oneOf, type Static, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, type PageTokens, problems } from '#serving'
import type { Keyring } from '../../keys/keyring.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { cutPage, openPageToken } from '../../own-apis/paging.ts'
import {
  type BusinessRow,
  directMessagesModes,
  finishedChatsModes,
  insertBusiness,
  listBusinesses as listRows,
  updateBusiness as updateRow,
} from '../../store/businesses.ts'
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

const finishedChats = oneOf(finishedChatsModes, {
  description:
    'What becomes of a message of the shop to a finished chat: it is refused with 400, or it opens the chat again. The customer may always write.',
})

const Business = Type.Object(
  { businessId, name, directMessages, apiDisabled, testChatsAnswer, finishedChats, createdAt },
  { title: 'Business' },
)
const OneBusiness = Type.Object({ business: Business })

function view({ createdAt, ...business }: BusinessRow): Static<typeof Business> {
  return { ...business, createdAt: createdAt.toISOString() }
}

export const createBusiness = defineEndpoint(
  defineOwnOperation({
    name: 'createBusiness',
    verb: 'POST',
    path: '/admin/v1/businesses',
    tag,
    summary: 'Create a business',
    description: 'A business without campaigns and keys. A marketplace with ids of its own gives businessId.',
    body: Type.Object({
      name,
      directMessages: Type.Optional(directMessages),
      finishedChats: Type.Optional(finishedChats),
      businessId: Type.Optional(businessId),
    }),
    response: OneBusiness,
    status: 201,
    refusals: [...usual, 409],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { body }) => {
    const { name, directMessages = 'off', finishedChats, businessId } = body
    const business = await insertBusiness(sql, { name, directMessages, finishedChats, businessId, now: clock.now() })
    if (!business) throw problems.conflict(`There is a business ${businessId} already.`)
    return { business: view(business) }
  },
)

export const listBusinesses = defineEndpoint(
  defineOwnOperation({
    name: 'listBusinesses',
    verb: 'GET',
    path: '/admin/v1/businesses',
    tag,
    summary: 'List businesses',
    description: 'By id.',
    query: Paging,
    response: Type.Object({ businesses: Type.Array(Business), nextPageToken }),
    refusals: usual,
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { query: { pageToken, limit = 0 } }) => {
    const owner = ['listBusinesses']
    const [after = '0'] = openPageToken(pageTokens, owner, { pageToken }) ?? []
    const { page, last } = cutPage(await listRows(sql, BigInt(after), limit + 1), limit)
    return {
      businesses: page.map(view),
      ...(last && { nextPageToken: pageTokens.seal(owner, [`${last.businessId}`]) }),
    }
  },
)

export const getBusiness = defineEndpoint(
  defineOwnOperation({
    name: 'getBusiness',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}',
    tag,
    summary: 'Read a business',
    description: 'One business.',
    isForBusiness: true,
    params: OfBusiness,
    response: OneBusiness,
    refusals: [...usual, 404],
  }),
  async ({ sql }: { sql: Sql }, { params }) => ({ business: view(await requireBusiness(sql, params.businessId)) }),
)

export const updateBusiness = defineEndpoint(
  defineOwnOperation({
    name: 'updateBusiness',
    verb: 'PATCH',
    path: '/admin/v1/businesses/{businessId}',
    tag,
    summary: 'Change a business',
    description: 'Changes what is given and leaves the rest. Takes effect at once.',
    params: OfBusiness,
    body: Type.Object({
      name: Type.Optional(name),
      directMessages: Type.Optional(directMessages),
      apiDisabled: Type.Optional(apiDisabled),
      testChatsAnswer: Type.Optional(testChatsAnswer),
      finishedChats: Type.Optional(finishedChats),
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
