import type { CampaignId, OrderId } from '../ids.ts'
import { orderFilterMax, ordersPageMax } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { orderStatuses, orderSubstatuses, sellingPrograms, sourcePlatforms } from '../order-words.ts'
import { dateTime, day, filterOf, idOf, oneOf } from '../schema.ts'
import { readingOrders } from '../scopes.ts'
import { BusinessOrder } from '../shapes/order.ts'
import { cutPageLimit, ForwardPaging, pageToken } from '../shapes/paging.ts'
import { Type } from '../type.ts'
import { businessId, pageTokenAlias } from './parameters.ts'

const some = { maxItems: orderFilterMax }

const Dates = Type.Object(
  {
    creationDateFrom: Type.Optional(day('Ordered on this day or later.')),
    creationDateTo: Type.Optional(day('Ordered before this day.')),
    shipmentDateFrom: Type.Optional(day('Shipped on this day or later.')),
    shipmentDateTo: Type.Optional(day('Shipped before this day.')),
    updateDateFrom: Type.Optional(dateTime('Changed at this moment or later.')),
    updateDateTo: Type.Optional(dateTime('Changed before this moment.')),
  },
  { title: 'OrderDatesFilterDTO', description: 'When the orders were made, shipped, changed.' },
)

export const getBusinessOrders = defineOperation({
  name: 'getBusinessOrders',
  verb: 'POST',
  path: '/v1/businesses/{businessId}/orders',
  tag: 'orders',
  summary: 'List orders',
  description: `Orders of the business, the newest first. Filters join by AND, their values by OR. Two dates are at most 30 days apart;
without dates and without ids of orders: the last 30 days. The answer has no status.`,
  scopes: readingOrders,
  perHour: 10_000,
  params: Type.Object({ businessId }),
  query: Type.Object({ pageToken, limit: cutPageLimit(ordersPageMax) }),
  aliases: pageTokenAlias,
  body: Type.Object(
    {
      orderIds: Type.Optional(filterOf(idOf<OrderId>('An order.', {}), { description: 'Orders.', ...some })),
      externalOrderIds: Type.Optional(
        filterOf(Type.String({ minLength: 1 }), { description: "Orders by the shop's own numbers.", ...some }),
      ),
      programTypes: Type.Optional(filterOf(oneOf(sellingPrograms), { description: 'How the campaigns work.' })),
      campaignIds: Type.Optional(filterOf(idOf<CampaignId>('A campaign.'), { description: 'Campaigns.', ...some })),
      statuses: Type.Optional(filterOf(oneOf(orderStatuses), { description: 'How far the orders are.' })),
      substatuses: Type.Optional(filterOf(oneOf(orderSubstatuses), { description: 'The same, in detail.' })),
      dates: Type.Optional(Dates),
      fake: Type.Optional(Type.Boolean({ description: 'Only test orders, or only others.' })),
      waitingForCancellationApprove: Type.Optional(
        Type.Boolean({ description: 'Only those that their customers want to cancel.' }),
      ),
      sourcePlatforms: Type.Optional(filterOf(oneOf(sourcePlatforms), { description: 'Where they were ordered.' })),
    },
    { title: 'GetBusinessOrdersRequest' },
  ),
  response: Type.Object(
    { orders: Type.Array(BusinessOrder, { maxItems: ordersPageMax }), paging: Type.Optional(ForwardPaging) },
    { title: 'GetBusinessOrdersResponse' },
  ),
  refusals: [...commonRefusals, 404],
})
