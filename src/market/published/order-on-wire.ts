import {
  type BusinessOrder,
  deliveryPartnerTypes,
  onWire,
  orderDeliveryTypes,
  orderStatuses,
  restDate,
  restDay,
  sourcePlatforms,
  usualOrder,
  usualSubstatuses,
} from '#contract'
import { type ShopOrderRow, shipsAfterDays } from '../store/shop-orders/search.ts'

type Placement = ShopOrderRow['placementType']
type Delivery = BusinessOrder['delivery']

const dayMs = 24 * 60 * 60 * 1000
/** When an order comes of which no day was told, in days after it was made. */
const comesAfterDays = { from: 3, to: 5 }
const [byCourier, toPoint] = orderDeliveryTypes
const [byShop, byMarket] = deliveryPartnerTypes
const services = {
  shop: { type: byCourier, serviceName: 'Собственная служба', deliveryServiceId: 99n, deliveryPartnerType: byShop },
  market: { type: toPoint, serviceName: 'Доставка Маркета', deliveryServiceId: 1001n, deliveryPartnerType: byMarket },
} as const

/** A row in the form of the wire: what was not told is as usual. */
export function orderOnWire(row: ShopOrderRow): BusinessOrder {
  const { facts, placementType } = row
  const status = orderStatuses.find(word => word === row.status) ?? 'UNKNOWN'
  const currencyId = facts.currency ?? usualOrder.currency
  const payment = row.items.map(({ price, count }) => (price === undefined ? undefined : price * count))
  return {
    orderId: row.orderId,
    campaignId: row.campaignId,
    programType: onWire(placementType),
    status,
    substatus: facts.substatus ?? usualSubstatuses[status],
    creationDate: restDate(row.createdAt),
    updateDate: restDate(row.updatedAt),
    paymentType: facts.paymentType ?? usualOrder.paymentType,
    paymentMethod: facts.paymentMethod ?? usualOrder.paymentMethod,
    fake: row.fake,
    items: row.items.map(({ offerId, name, count }, index) => ({
      ...{ id: BigInt(index + 1), offerId, offerName: name, count },
      ...pricesOf([payment[index]], currencyId),
    })),
    ...pricesOf(payment, currencyId),
    delivery: deliveryOf(row),
    ...(facts.notes !== undefined && { notes: facts.notes }),
    sourcePlatform: platformOf(placementType),
  }
}

/** Left out unless all of it is known. */
function pricesOf(amounts: readonly (number | undefined)[], currencyId: string): Pick<BusinessOrder, 'prices'> {
  const known = amounts.filter(amount => amount !== undefined)
  if (known.length === 0 || known.length < amounts.length) return {}
  const kopecks = known.reduce((sum, amount) => sum + Math.round(amount * 100), 0)
  return { prices: { payment: { value: kopecks / 100, currencyId } } }
}

function deliveryOf({ facts: { delivery = {} }, placementType, createdAt }: ShopOrderRow): Delivery {
  const { type, serviceName, shipmentDate, fromDate, toDate, trackCode } = delivery
  const usual = placementType === 'dbs' ? services.shop : services.market
  const after = (days: number) => restDay(new Date(createdAt.getTime() + days * dayMs))
  const { deliveryServiceId } = usual
  return {
    ...usual,
    ...(type && { type }),
    ...(serviceName !== undefined && { serviceName }),
    dates: fromDate
      ? { fromDate, ...(toDate && { toDate }) }
      : { fromDate: after(comesAfterDays.from), toDate: after(comesAfterDays.to) },
    shipment: { shipmentDate: shipmentDate ?? after(shipsAfterDays) },
    ...(trackCode !== undefined && { tracks: [{ trackCode, deliveryServiceId }] }),
  }
}

export function platformOf(placementType: Placement): (typeof sourcePlatforms)[number] {
  return placementType === 'laas' ? 'OTHER' : sourcePlatforms[0]
}
