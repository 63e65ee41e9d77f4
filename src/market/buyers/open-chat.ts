import { type BusinessId, idOf, type OrderId, type ReturnId, Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { HttpProblem, problems } from '#serving'
import { type Context, findContext, findOrderBehind, openContextChat, openDirectChat } from '../chats/open-chat.ts'
import type { BuyerQuotas } from '../limits/buyer-quotas.ts'
import type { Bus } from '../live/bus.ts'
import { defineOwnOperation } from '../own-apis/own-operation.ts'
import { noCustomerAnswers } from '../own-apis/post-to-chat.ts'
import { findBusiness } from '../store/businesses.ts'
import { type CustomerId, isSubscribed } from '../store/customers.ts'
import { businessId, buyerEndpoint, chatId, usual } from './buyer.ts'

type Needs = { sql: Sql; bus: Bus; clock: Clock; quotas: BuyerQuotas }

export const openChatAsCustomer = buyerEndpoint(
  defineOwnOperation({
    name: 'openChatAsCustomer',
    verb: 'POST',
    path: '/buyer/v1/chats',
    tag: 'chats',
    summary: 'Open a chat',
    description:
      'The chat about an order, about a return, or (with neither) a direct one: the one there is, or a new one. Direct chats are open to whom the business allows them.',
    body: Type.Object(
      {
        businessId,
        orderId: Type.Optional(idOf<OrderId>("The customer's order. Not with returnId.")),
        returnId: Type.Optional(idOf<ReturnId>("The customer's return. Not with orderId.")),
      },
      { not: { required: ['orderId', 'returnId'] } },
    ),
    response: Type.Object({ businessId, chatId }),
    refusals: [...usual, 403, 404, 409],
  }),
  async (needs: Needs, { customerId, body: { businessId, orderId, returnId } }) => {
    if (orderId !== undefined && returnId !== undefined)
      throw problems.misfit('returnId', 'must be left out when orderId is given')
    const business = await findBusiness(needs.sql, businessId)
    if (!business) throw problems.notFound(`There is no business ${businessId}.`)
    const now = needs.clock.now()
    const context = contextOf(orderId, returnId)
    const open = async () => {
      if (context) {
        const found = await requireContext(needs.sql, { businessId, customerId }, context)
        return openContextChat(needs, found, now)
      }
      await checkDirect(needs.sql, business, customerId)
      return openDirectChat(needs, businessId, customerId, now)
    }
    const { chatId, isNew } = await open()
    if (!isNew) needs.quotas.giveBack(customerId, 'chatsPerDay', 1)
    return { businessId, chatId }
  },
)

function contextOf(orderId: OrderId | undefined, returnId: ReturnId | undefined): Context | undefined {
  if (orderId !== undefined) return { type: 'order', orderId }
  return returnId === undefined ? undefined : { type: 'return', returnId }
}

async function checkDirect(
  sql: Sql,
  { businessId, directMessages }: { businessId: BusinessId; directMessages: 'off' | 'subscribers' | 'all' },
  customerId: CustomerId,
): Promise<void> {
  if (directMessages === 'off') throw problems.forbidden(`Business ${businessId} takes no direct messages.`)
  if (directMessages === 'subscribers' && !(await isSubscribed(sql, customerId, businessId)))
    throw problems.forbidden(`Business ${businessId} takes direct messages of its subscribers only.`)
}

type Asker = { businessId: BusinessId; customerId: CustomerId }

/** Another customer's order or return is answered like one that is not there. */
async function requireContext(sql: Sql, { businessId, customerId }: Asker, context: Context) {
  const order = await findOrderBehind(sql, businessId, context)
  if (order?.customerId !== customerId) throw noSuchContext(businessId, context)
  if (order.fake) throw noCustomerAnswers()
  const found = await findContext(sql, businessId, context)
  if (found.found) return found
  if (found.why === 'not_for_dbs')
    throw new HttpProblem(400, 'Chats about returns are not there for DBS shops: open the chat about the order.')
  throw noSuchContext(businessId, context)
}

function noSuchContext(businessId: BusinessId, context: Context) {
  const what = context.type === 'order' ? `order ${context.orderId}` : `return ${context.returnId}`
  return problems.notFound(`You have no ${what} at business ${businessId}.`)
}
