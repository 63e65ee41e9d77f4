import { type OrderId, type Refusal, type ReturnId, refusals } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { type Context, findContext, openContextChat } from '../chats/open-chat.ts'
import type { Bus } from '../live/bus.ts'
import type { Answer, Call } from './operation-handler.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock }

export async function createChat(
  { sql, bus, clock }: Needs,
  { params, body }: Call<'createChat'>,
): Promise<Answer<'createChat'>> {
  const context = contextOf(body)
  const found = await findContext(sql, params.businessId, context)
  if (!found.found) throw refusalOf(found.why, context)
  const { chatId } = await openContextChat({ sql, bus }, found, clock.now())
  return { status: 'OK', result: { chatId } }
}

/** context wins over the deprecated orderId. */
function contextOf({ context, orderId }: Call<'createChat'>['body']): Context {
  if (context?.type === 'ORDER') return { type: 'order', orderId: context.id as OrderId } // by its type
  if (context) return { type: 'return', returnId: context.id as ReturnId } // by its type
  if (orderId === undefined) throw refusals.fits([{ rule: 'missing', at: 'context' }])
  return { type: 'order', orderId }
}

function refusalOf(why: 'no_order' | 'no_return' | 'not_for_dbs' | 'not_for_test_orders', context: Context): Refusal {
  if (why === 'not_for_dbs') return refusals.notForDbs()
  if (why === 'not_for_test_orders') return refusals.notForTestOrders()
  return context.type === 'order' ? refusals.orderNotFound(context.orderId) : refusals.returnNotFound(context.returnId)
}
