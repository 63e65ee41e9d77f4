import { int32, maxInt64, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, type PageTokens } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { cutPage, openPageToken } from '../../own-apis/paging.ts'
import { listCustomersWithChats } from '../../store/customers/customer-chats.ts'
import { name, nextPageToken, OfBusiness, Paging, publicId, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const Customer = Type.Object(
  {
    publicId,
    name,
    chats: int32({ description: 'How many chats they have with the business; 1000: so many or more.' }),
  },
  { title: 'CustomerWithChats' },
)

export const listCustomers = defineEndpoint(
  defineOwnOperation({
    name: 'listCustomers',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/customers',
    tag: 'customers',
    summary: 'List customers',
    description: 'Those who have chats with the business, the latest customers of the marketplace first.',
    params: OfBusiness,
    query: Paging,
    response: Type.Object({ customers: Type.Array(Customer), nextPageToken }),
    refusals: [...usual, 404],
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { params, query }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const { limit = 0 } = query
    const owner = ['listCustomers', businessId]
    const [before = `${maxInt64}`] = openPageToken(pageTokens, owner, query) ?? []
    const rows = await listCustomersWithChats(sql, businessId, { before: BigInt(before), limit: limit + 1 })
    const { page, last } = cutPage(rows, limit)
    return {
      customers: page.map(({ publicId, name, chats }) => ({ publicId, name, chats })),
      ...(last && { nextPageToken: pageTokens.seal(owner, [`${last.customerId}`]) }),
    }
  },
)
