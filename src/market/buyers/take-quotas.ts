import type { IncomingHttpHeaders } from 'node:http'
import { problems } from '#serving'
import { type BuyerQuotas, buyerQuotas, type Wanted } from '../limits/buyer-quotas.ts'
import type { CustomerId } from '../store/customers.ts'
import type { buyerEndpoints } from './endpoints.ts'
import { announcedKilobytes } from './send-messages.ts'

type OperationName = (typeof buyerEndpoints)[number]['operation']['name']
type Headers = IncomingHttpHeaders

const message = { messagesPerMinute: 1 }

/** What an operation takes of the customer's quotas, besides being a request. */
const takenBy: { [Name in OperationName]?: (headers: Headers) => Wanted } = {
  sendText: () => message,
  sendSticker: () => message,
  openDispute: () => message,
  sendFile: headers => ({ ...message, fileKilobytesPerDay: announcedKilobytes(headers) }),
  openChatAsCustomer: () => ({ chatsPerDay: 1 }),
}

type Call = { customerId: CustomerId; operation: string | undefined; headers: Headers }

/** Takes what a call takes, in one go and before its body is read. Throws a 429 that names the quota that has not enough left. */
export async function takeQuotas(quotas: BuyerQuotas, { customerId, operation, headers }: Call): Promise<void> {
  const { [operation ?? '']: taken }: Record<string, ((headers: Headers) => Wanted) | undefined> = takenBy
  const exhausted = await quotas.take(customerId, { requestsPerMinute: 1, ...taken?.(headers) })
  if (!exhausted) return
  const { quota, most, retryAfterSeconds } = exhausted
  const { what } = buyerQuotas[quota]
  throw problems.tooMany(`A customer has at most ${most} ${what}: try again in ${retryAfterSeconds} seconds.`, {
    quota,
    retryAfterSeconds,
  })
}
