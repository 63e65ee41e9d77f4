import type { BusinessId } from '#contract'
import type { Queries } from '#database'
import type { CustomerId } from '../customers.ts'
import { laneOf } from '../lane.ts'

type Erasing = { customerId: CustomerId; businessId: BusinessId; text: string }

/** Puts a text in the place of all that the customer wrote and sent to a business. The files are then named by no message. */
export async function eraseMessages(sql: Queries, { customerId, businessId, text }: Erasing): Promise<number> {
  const rows = await sql`
    update market.messages m
       set kind = 'text', body = ${text}, file_name = null, file_size = null, file_hash = null, file_type = null
      from market.chats c
     where c.lane = ${laneOf(businessId)} and c.business_id = ${businessId} and c.customer_id = ${customerId}
       and m.lane = ${laneOf(businessId)} and m.business_id = ${businessId} and m.chat_id = c.chat_id
       and m.sender = 'customer'`
  return rows.count
}

/** The customer goes on without a name, under an id that no marketplace gives. */
export async function eraseName(sql: Queries, customerId: CustomerId, name: string): Promise<void> {
  await sql`
    update market.customers set name = ${name}, public_id = ${`erased-${customerId}`} where customer_id = ${customerId}`
  await sql`
    delete from market.customer_subscriptions where customer_id = ${customerId}`
}
