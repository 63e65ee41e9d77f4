import {
  currencies,
  day,
  oneOf,
  orderDeliveryTypes,
  orderPaymentMethods,
  orderPaymentTypes,
  orderSubstatuses,
  parseRestDay,
  type Static,
  Type,
  usualOrder,
} from '#contract'
import { problems } from '#serving'

const word = (maxLength: number, description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

const Delivery = Type.Object(
  {
    type: Type.Optional(
      oneOf(orderDeliveryTypes, { description: 'By courier, to a pick-up point, by post, or digital.' }),
    ),
    serviceName: word(200, 'Who delivers.'),
    shipmentDate: Type.Optional(day('When the shop gives it to the delivery service, a day in Moscow.')),
    fromDate: Type.Optional(day('The first day on which it may come.')),
    toDate: Type.Optional(day('The last day; needs the first.')),
    trackCode: word(200, 'The number of the parcel.'),
  },
  { title: 'OrderDelivery' },
)

/** What the order system may tell of an order besides. The published API says what is usual in place of what is left out. */
export const orderFacts = {
  substatus: Type.Optional(
    oneOf(orderSubstatuses, { description: 'How far it is within its status; by default as usual.' }),
  ),
  currency: Type.Optional(oneOf(currencies, { description: `Of the prices; by default ${usualOrder.currency}.` })),
  paymentType: Type.Optional(oneOf(orderPaymentTypes, { description: `By default ${usualOrder.paymentType}.` })),
  paymentMethod: Type.Optional(oneOf(orderPaymentMethods, { description: `By default ${usualOrder.paymentMethod}.` })),
  notes: word(2000, "The customer's note."),
  delivery: Type.Optional(Delivery),
}

/** Throws a 400 for what is no day, and for days in the wrong order. */
export function requireDays(delivery: Static<typeof Delivery>): void {
  const { fromDate, toDate } = delivery
  for (const name of ['shipmentDate', 'fromDate', 'toDate'] as const)
    if (delivery[name] !== undefined && !parseRestDay(delivery[name]))
      throw problems.misfit(`delivery.${name}`, 'must be a day: 2026-03-01')
  if (toDate !== undefined && (fromDate === undefined || toDate < fromDate))
    throw problems.misfit('delivery.toDate', 'must not be before fromDate, or without it')
}
