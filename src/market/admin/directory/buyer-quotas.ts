import { int32, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { buyerQuotas } from '../../limits/buyer-quotas.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { findQuotaLimits, saveQuotaLimits } from '../../store/counts.ts'
import { usual } from '../access/parameters.ts'

const usualLimits = {
  requestsPerMinute: buyerQuotas.requestsPerMinute.usual,
  messagesPerMinute: buyerQuotas.messagesPerMinute.usual,
  fileKilobytesPerDay: buyerQuotas.fileKilobytesPerDay.usual,
  chatsPerDay: buyerQuotas.chatsPerDay.usual,
}

const limit = (what: string) => int32({ minimum: 0, description: `${what} of one customer at the most.` })
const limits = {
  requestsPerMinute: limit('Requests to the buyer API in a minute'),
  messagesPerMinute: limit('Messages in a minute: texts, files, stickers, reasons of disputes'),
  fileKilobytesPerDay: limit('KB of files in a day, UTC'),
  chatsPerDay: limit('New chats in a day, UTC'),
}

const BuyerQuotas = Type.Object(limits, { title: 'BuyerQuotas' })

const operation = {
  path: '/admin/v1/buyer-quotas',
  tag: 'customers',
  response: BuyerQuotas,
  refusals: usual,
} as const

export const readBuyerQuotas = defineEndpoint(
  defineOwnOperation({
    ...operation,
    name: 'readBuyerQuotas',
    verb: 'GET',
    summary: 'Read the quotas of customers',
    description: 'What the buyer API lets each customer do. All market processes count together.',
  }),
  async ({ sql }: { sql: Sql }) => ({ ...usualLimits, ...(await findQuotaLimits(sql)) }),
)

export const putBuyerQuotas = defineEndpoint(
  defineOwnOperation({
    ...operation,
    name: 'putBuyerQuotas',
    verb: 'PUT',
    summary: 'Set the quotas of customers',
    description:
      'For all customers and all market processes, from now on. What is left out has its usual value again. Whoever is beyond a quota is answered 429 with Retry-After. What this API does as a customer is not counted.',
    body: Type.Partial(BuyerQuotas),
  }),
  async ({ sql }: { sql: Sql }, { body }) => {
    await saveQuotaLimits(sql, body)
    return { ...usualLimits, ...body }
  },
)
