import { type AnswerOf, type BodyOf, ordersPageMax } from '#contract'
import type { Caller } from '../http/caller.ts'
import { someOf, takeId, takeLimit } from '../input.ts'
import type { CallOptions, IdLike, Order, OrderFilter, Pages } from '../types.ts'
import { makePages, pageOf, pageQuery } from './pages.ts'

export type Orders = {
  /** getBusinessOrders: the newest first; without dates and orderIds those of the last 30 days. */
  list(filter?: OrderFilter, options?: CallOptions): Pages<Order>
}

type WireOrder = AnswerOf<'getBusinessOrders'>['orders'][number]

export function makeOrders(caller: Caller, businessId: bigint): Orders {
  return {
    list(filter = {}, options) {
      const body = bodyOf(filter)
      const limit = takeLimit(filter.limit, ordersPageMax)
      const read = async (token?: string) => {
        const input = { params: { businessId }, query: pageQuery(limit, token), body }
        const { orders, paging } = await caller.call('getBusinessOrders', input, options)
        return pageOf(orders.map(orderFromWire), paging)
      }
      return makePages({ operation: 'getBusinessOrders', pagingAt: 'paging', read })
    },
  }
}

function bodyOf(filter: OrderFilter): BodyOf<'getBusinessOrders'> {
  const { orderIds, campaignIds, statuses, dates, fake } = filter
  const ids = (all: readonly IdLike[], name: string) => someOf(all, name).map(id => takeId(id, name))
  return {
    ...(orderIds && { orderIds: ids(orderIds, 'orderIds') }),
    ...(campaignIds && { campaignIds: ids(campaignIds, 'campaignIds') }),
    ...(statuses && { statuses: someOf(statuses, 'statuses') }),
    ...(dates && { dates }),
    ...(fake !== undefined && { fake }),
  }
}

function orderFromWire({ creationDate, updateDate, delivery: { tracks, ...delivery }, ...order }: WireOrder): Order {
  return {
    ...order,
    delivery: { ...delivery, ...(tracks && { tracks }) },
    creationDate: new Date(creationDate),
    ...(updateDate !== undefined && { updateDate: new Date(updateDate) }),
  }
}
