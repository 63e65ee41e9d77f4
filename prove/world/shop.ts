import { setTimeout as wait } from 'node:timers/promises'
import { headers } from '#contract'
import type { Sql } from '../../src/database/connect.ts'
import { askAdminFor } from '../../test/support/admin.ts'
import { makeBusiness, type TestBusiness } from '../../test/support/business.ts'
import { type Buyer, buyerOf } from '../../test/support/buyer.ts'
import { makeReceiver, type Receiver } from '../../test/support/receiver.ts'
import { subscribe } from '../../test/support/subscriptions.ts'
import type { History } from '../evidence/history.ts'

type At = { url: string; adminToken: string; sql: Sql }

/** A business with chats, its customer, and a receiver that is told of every message. */
export type Shop = TestBusiness & {
  /** Begins every text of this business, and stands in no other's. */
  canary: string
  chatIds: bigint[]
  buyer: Buyer
  receiver: Receiver
  subscriptionId: bigint
}

export async function makeShop(at: At, { chats, isTold }: { chats: number; isTold: boolean }): Promise<Shop> {
  const business = await makeBusiness(at)
  const receiver = await makeReceiver()
  const types = isTold ? (['message_sent'] as const) : []
  const { subscriptionId } = await subscribe(at.sql, business, { url: receiver.url, types: [...types] })
  const chatIds: bigint[] = []
  for (let made = 0; made < chats; made++) chatIds.push(await business.makeChat())
  const { publicId } = business.customer
  const { token } = await askAdminFor<{ token: string }>(at, `POST /customers/${publicId}/tokens`)
  const buyer = buyerOf(at, publicId, token)
  return { ...business, canary: `canary-${business.businessId}-`, chatIds, buyer, receiver, subscriptionId }
}

export type Answer = { status: number; text: string }

type Request = { method?: string; headers?: Record<string, string>; body?: string | FormData }

const patienceMs = 20_000

/** One request; undefined if there was no whole answer. */
export async function request(url: string, init: Request): Promise<Answer | undefined> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) })
    return { status: answer.status, text: await answer.text() }
  } catch {
    // Nobody tries again at once where nothing answers.
    await wait(100)
    return undefined
  }
}

/** A call of the published API with the shop's key. An answer with the canary of another shop is kept as a leak. */
export async function callShop(
  { url, history }: { url: string; history: History },
  shop: Shop,
  path: string,
  init: Request = {},
): Promise<Answer | undefined> {
  const answer = await request(`${url}/v2/businesses/${shop.businessId}${path}`, {
    method: 'POST',
    ...init,
    headers: { [headers.apiKey]: shop.token, ...init.headers },
  })
  const foreign = answer?.text.match(/canary-\d+-/g)?.filter(found => found !== shop.canary) ?? []
  if (foreign.length > 0) history.leaks.push(`the answer of ${path} to business ${shop.businessId} holds ${foreign[0]}`)
  return answer
}
