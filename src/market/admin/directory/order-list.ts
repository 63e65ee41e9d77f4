import { idFrom, type OrderId, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint, type PageTokens } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { cutPage, openPageToken } from '../../own-apis/paging.ts'
import { listOrders as listRows } from '../../store/orders.ts'
import { nextPageToken, OfBusiness, Paging, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import { Order, orderView } from './order-view.ts'

export const listOrders = defineEndpoint(
  defineOwnOperation({
    name: 'listOrders',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/orders',
    tag: 'orders',
    summary: 'List orders',
    description: 'The orders of the business, newest first.',
    params: OfBusiness,
    query: Type.Object({
      isTest: Type.Optional(Type.Boolean({ description: 'Only test orders, or only others.' })),
      ...Paging.properties,
    }),
    response: Type.Object({ orders: Type.Array(Order), nextPageToken }),
    refusals: [...usual, 404],
  }),
  async ({ sql, pageTokens }: { sql: Sql; pageTokens: PageTokens }, { params, query }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    const { isTest, limit = 0 } = query
    const owner = ['listOrders', businessId, isTest]
    const texts = openPageToken(pageTokens, owner, query)
    const rows = await listRows(sql, businessId, isTest, { before: texts && readPosition(texts), limit: limit + 1 })
    const { page, last } = cutPage(rows, limit)
    return {
      orders: page.map(row => orderView(row, { publicId: row.customerPublicId, name: row.customerName })),
      ...(last && { nextPageToken: pageTokens.seal(owner, [`${last.createdAt.getTime()}`, `${last.orderId}`]) }),
    }
  },
)

function readPosition([createdAt = '', orderId = '']: string[]) {
  return { createdAt: new Date(Number(createdAt)), orderId: idFrom<OrderId>(orderId) }
}
