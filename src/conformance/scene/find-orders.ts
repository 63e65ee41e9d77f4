import type { Sender } from '../http/sender.ts'
import { ask, idAt, items } from './read.ts'
import type { Scene } from './scene.ts'
import type { Things } from './things.ts'

/** Whether there are orders to ask for. A key that opens no orders finds none. */
export async function findOrders(
  sender: Sender,
  { token, businessId }: Pick<Scene, 'token' | 'businessId'>,
): Promise<Partial<Things>> {
  const page = await ask(sender, 'getBusinessOrders', token, { ids: { businessId }, query: { limit: '3' }, json: {} })
  const orders = items(page.json, 'orders')
  const listedOrder = idAt(orders[0], 'orderId')
  return { ...(listedOrder !== undefined && { listedOrder }), ...(orders.length > 2 && { severalOrders: true }) }
}
