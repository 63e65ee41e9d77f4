import { askAdminFor } from './admin.ts'
import { ask, type Reply } from './http.ts'
import type { TestMarket } from './test-market.ts'

let made = 0

type Call = `${'GET' | 'POST'} /${string}`

export type Buyer = {
  publicId: string
  token: string
  headers: { authorization: string }
  /** Calls `/buyer/v1<path>` as this customer: `buyer.ask('POST /chats', {…})`. */
  ask(call: Call, json?: unknown): Promise<Reply>
  sendFile(chat: string, bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<Reply>
}

/** A customer with a token; a new one, unless a publicId is given. */
export async function makeBuyer(
  market: Pick<TestMarket, 'url' | 'adminToken'>,
  publicId = `customer-${++made}-${crypto.randomUUID()}`,
): Promise<Buyer> {
  await askAdminFor(market, `PUT /customers/${encodeURIComponent(publicId)}`, { name: 'Борис' })
  const issued = await askAdminFor<{ token: string }>(market, `POST /customers/${encodeURIComponent(publicId)}/tokens`)
  return buyerOf(market, publicId, issued.token)
}

export function buyerOf({ url }: Pick<TestMarket, 'url'>, publicId: string, token: string): Buyer {
  const headers = { authorization: `Bearer ${token}` }
  return {
    publicId,
    token,
    headers,
    ask(call, json) {
      const [method = '', path = ''] = call.split(' ')
      return ask(`${url}/buyer/v1${path}`, { method, headers, json })
    },
    sendFile(chat, bytes, name = 'photo.png') {
      const form = new FormData()
      form.set('file', new Blob([bytes]), name)
      return ask(`${url}/buyer/v1${chat}/files`, { method: 'POST', headers, body: form })
    },
  }
}

/** Where a chat is in the buyer and admin APIs. */
export function chatPath({ businessId }: { businessId: bigint }, chatId: bigint | number): `/businesses/${string}` {
  return `/businesses/${businessId}/chats/${chatId}`
}

/** The buyer's chat about an order of theirs; its path in the buyer and admin APIs. */
export async function openOrderChat(buyer: Buyer, shop: { businessId: bigint }, orderId: bigint) {
  const reply = await buyer.ask('POST /chats', { businessId: shop.businessId, orderId })
  if (reply.status !== 200) throw new Error(`the chat could not be opened: ${reply.status} ${reply.text}`)
  return chatPath(shop, (reply.body as { chatId: number }).chatId) // as the operation answers
}
