import type { CampaignId, OrderId } from '../ids.ts'
import {
  currencies,
  deliveryPartnerTypes,
  orderDeliveryTypes,
  orderPaymentMethods,
  orderPaymentTypes,
  orderStatuses,
  orderSubstatuses,
  sellingPrograms,
  sourcePlatforms,
} from '../order-words.ts'
import { dateTime, day, idOf, oneOf } from '../schema.ts'
import { type Static, type TSchema, type TUnsafe, Type } from '../type.ts'

const Money = Type.Object(
  {
    value: Type.Number({ description: 'How much.' }),
    currencyId: oneOf(currencies, { description: 'The currency; RUR is the rouble.' }),
  },
  { title: 'CurrencyValueDTO', description: 'An amount of money.' },
)

const OrderItem = Type.Object(
  {
    id: idOf<bigint>('Tells the items of one order apart.', {}),
    offerId: Type.String({ minLength: 1, maxLength: 255, description: "The shop's id of the goods." }),
    offerName: Type.String({ description: 'What it is.' }),
    count: Type.Integer({ description: 'How many.' }),
    prices: Type.Optional(
      Type.Object(
        { payment: Type.Optional(Money) },
        { title: 'ItemPriceDTO', description: 'What all pieces of the item cost together.' },
      ),
    ),
  },
  { title: 'BusinessOrderItemDTO', description: 'Goods of an order.' },
)

const DeliveryDates = Type.Object(
  {
    fromDate: day('The first day on which it may come.'),
    toDate: Type.Optional(day('The last day; left out if it is the first.')),
  },
  { title: 'BusinessOrderDeliveryDatesDTO', description: 'When the order comes.' },
)

const Shipment = Type.Object(
  { shipmentDate: day('When the shop gives it to the delivery service.') },
  { title: 'BusinessOrderShipmentDTO', description: 'How the order leaves the shop.' },
)

const deliveryServiceId = idOf<bigint>('The delivery service.', {})

const Track = Type.Object(
  { trackCode: Type.Optional(Type.String({ description: 'The number of the parcel.' })), deliveryServiceId },
  { title: 'OrderTrackDTO', description: 'How to follow the parcel.' },
)

const Delivery = Type.Object(
  {
    type: oneOf(orderDeliveryTypes, { description: 'By courier, to a pick-up point, by post, or digital.' }),
    serviceName: Type.String({ description: 'The name of the delivery service.' }),
    deliveryServiceId,
    deliveryPartnerType: oneOf(deliveryPartnerTypes, { description: 'Whose delivery it is.' }),
    dates: DeliveryDates,
    shipment: Type.Optional(Shipment),
    tracks: Type.Optional(someOf(Track, 'Numbers of parcels. Left out if there are none.')),
  },
  { title: 'BusinessOrderDeliveryDTO', description: 'How the order comes to the customer.' },
)

/** In an answer: at least one, or left out. */
function someOf<Item extends TSchema>(items: Item, description: string): TUnsafe<Static<Item>[] | null> {
  return Type.Unsafe<Static<Item>[] | null>({ type: ['array', 'null'], minItems: 1, items, description })
}

export const BusinessOrder = Type.Object(
  {
    orderId: idOf<OrderId>('The id of the order.', {}),
    campaignId: idOf<CampaignId>('The campaign in which it was ordered.'),
    programType: Type.Optional(oneOf(sellingPrograms, { description: 'How the campaign works with the marketplace.' })),
    status: oneOf(orderStatuses, { description: 'How far the order is.' }),
    substatus: oneOf(orderSubstatuses, { description: 'How far it is within its status, or why it was cancelled.' }),
    creationDate: dateTime('When it was ordered, with the offset from UTC.'),
    updateDate: Type.Optional(dateTime('When it last changed, with the offset from UTC.')),
    paymentType: oneOf(orderPaymentTypes, { description: 'Paid when it is ordered, or when it is received.' }),
    paymentMethod: oneOf(orderPaymentMethods, { description: 'How it is paid.' }),
    fake: Type.Boolean({ description: 'A test order.' }),
    items: Type.Array(OrderItem, { description: 'What was ordered.' }),
    prices: Type.Optional(
      Type.Object(
        { payment: Type.Optional(Money) },
        { title: 'OrderPriceDTO', description: 'What the customer pays for the goods.' },
      ),
    ),
    delivery: Delivery,
    notes: Type.Optional(Type.String({ description: "The customer's note." })),
    sourcePlatform: Type.Optional(oneOf(sourcePlatforms, { description: 'Where it was ordered.' })),
  },
  { title: 'BusinessOrderDTO', description: 'An order.' },
)
export type BusinessOrder = Static<typeof BusinessOrder>
