import { Type } from '#contract'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, problems } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { saveReturn } from '../../store/orders.ts'
import { businessId, orderId, returnId, usual } from '../access/parameters.ts'
import { requireOrder } from '../access/require.ts'

export const putReturn = defineEndpoint(
  defineOwnOperation({
    name: 'putReturn',
    verb: 'PUT',
    path: '/admin/v1/businesses/{businessId}/returns/{returnId}',
    tag: 'orders',
    summary: 'Put a return',
    description: 'A return of an order. It stays with its order.',
    params: Type.Object({ businessId, returnId }),
    body: Type.Object({ orderId }),
    response: Type.Object({ return: Type.Object({ returnId, businessId, orderId }, { title: 'Return' }) }),
    refusals: [...usual, 404, 409],
  }),
  async ({ sql, clock }: { sql: Sql; clock: Clock }, { params: { businessId, returnId }, body }) => {
    const { orderId } = await requireOrder(sql, businessId, body.orderId)
    const isSaved = await saveReturn(sql, businessId, { returnId, orderId }, clock.now())
    if (!isSaved) throw problems.conflict(`Return ${returnId} is of another order: it cannot become one of ${orderId}.`)
    return { return: { returnId, businessId, orderId } }
  },
)
