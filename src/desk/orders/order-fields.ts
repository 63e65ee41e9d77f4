import type { Order } from '#client'
import { keptText } from '../cabinets/kept-text.ts'
import type { OrderFields } from '../store/orders.ts'

/** What the desk shows of an order. */
export function orderFields({ status, substatus, creationDate, updateDate, items, prices }: Order): OrderFields {
  return {
    ...{ status: keptText(status), substatus: keptText(substatus), createdAt: creationDate.toISOString() },
    ...(updateDate && { updatedAt: updateDate.toISOString() }),
    items: items.map(({ offerId, offerName, count, prices: each }) => ({
      ...{ offerId: keptText(offerId), name: keptText(offerName), count },
      ...(each?.payment && { price: each.payment.value }),
    })),
    ...(prices?.payment && { total: prices.payment.value, currency: prices.payment.currencyId }),
  }
}
