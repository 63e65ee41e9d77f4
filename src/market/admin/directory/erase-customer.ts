import { int32, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { eraseMessages, eraseName } from '../../store/customers/erase-customer.ts'
import { listBusinessesOf } from '../../store/customers.ts'
import type { Revocations } from '../../tokens/revocations.ts'
import { publicId, usual } from '../access/parameters.ts'
import { requireCustomer } from '../access/require.ts'

/** What stands in place of what was erased: both sides read it. */
const erased = 'Удалено по просьбе покупателя'

type Needs = { sql: Sql; revocations: Revocations }

export const eraseCustomer = defineEndpoint(
  defineOwnOperation({
    name: 'eraseCustomer',
    verb: 'DELETE',
    path: '/admin/v1/customers/{publicId}',
    tag: 'customers',
    summary: 'Erase a customer',
    description: [
      'For a customer who asks for it, as the law lets them. Everything that they wrote and sent is replaced, their files are removed within two hours, their name and publicId are gone, their tokens are void. Chats, orders and what shops wrote stay.',
      'It cannot be undone. The same publicId may come back later: as a new customer, with nothing of this one.',
    ].join('\n\n'),
    params: Type.Object({ publicId }),
    response: Type.Object({
      messages: int32({ description: 'How many of their messages were replaced.', minimum: 0 }),
    }),
    refusals: [...usual, 404],
  }),
  async ({ sql, revocations }: Needs, { params }) => {
    const { customerId } = await requireCustomer(sql, params.publicId)
    // First, so that they write nothing more meanwhile.
    await revocations.revoke([{ purpose: 'buyer', subject: `${customerId}` }])
    let messages = 0
    for (const businessId of await listBusinessesOf(sql, customerId))
      messages += await eraseMessages(sql, { customerId, businessId, text: erased })
    // Last: one that was cut short is found under its name and erased again.
    await eraseName(sql, customerId, erased)
    return { messages }
  },
)
