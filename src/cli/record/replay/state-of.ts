import { type OrderId, type ReturnId, senders } from '#contract'
import type { State } from '#market'
import type { Scenario, SeenChat } from './scenario.ts'

type StateChat = NonNullable<NonNullable<NonNullable<State['businesses']>[number]['chats']>[number]>
type StateMessage = NonNullable<StateChat['messages']>[number]

/** The one file that stands for all that were in the recording. */
export const recordedFile = { path: 'recorded.txt', content: Buffer.from('recorded').toString('base64') }

const writers = Object.fromEntries(
  senders.map((sender, n) => [sender, (['shop', 'customer', 'market', 'support'] as const)[n]]),
)

/** What stood before the recording began, as a state: a business of its own with a key. */
export function stateOf({ chats }: Scenario, { name, startedAt }: { name: string; startedAt: string }): State {
  const customers = new Map<string, string>()
  const orders = new Map<bigint, { customer: string; returns: Set<bigint> }>()
  for (const chat of chats) {
    const customer = customerOf(chat)
    customers.set(customer, chat.context.customer?.name ?? customer)
    const { orderId, returnId } = chat.context
    const id = orderId ?? returnId
    if (id === undefined) continue
    const order = orders.get(id) ?? { customer, returns: new Set() }
    if (returnId !== undefined) order.returns.add(returnId)
    orders.set(id, order)
  }
  return {
    prilavok: 1,
    customers: Array.from(customers, ([id, name]) => ({ id, name })),
    businesses: [
      {
        name,
        directMessages: 'all',
        keys: [{ name: 'replay', scopes: ['all-methods'] }],
        campaigns: [{ name, placement: 'FBS', orders: Array.from(orders, toldOrder) }],
        chats: chats.map(chat => ({
          ...subjectOf(chat),
          opened: openedAt(chat, startedAt),
          messages: messagesOf(chat),
        })),
      },
    ],
  }
}

function toldOrder([id, { customer, returns }]: [bigint, { customer: string; returns: Set<bigint> }]) {
  return { id: id as OrderId, customer, returns: [...returns] as ReturnId[] } // as the recording names them
}

function customerOf({ chatId, context }: SeenChat): string {
  return context.customer?.publicId ?? `recorded-${chatId}`
}

function subjectOf(chat: SeenChat) {
  const { orderId, returnId } = chat.context
  if (returnId !== undefined) return { return: returnId as ReturnId } // as the recording names it
  return orderId === undefined ? { customer: customerOf(chat) } : { order: orderId as OrderId } // the same
}

function openedAt({ messages: [first] }: SeenChat, startedAt: string): string {
  return new Date(first?.createdAt ?? startedAt).toISOString()
}

/** Times rise with ids, whatever clock they were told by. */
function messagesOf({ messages }: SeenChat): StateMessage[] {
  let lastMs = 0
  return messages.map(({ sender, createdAt, message, payload }) => {
    lastMs = Math.max(lastMs, Date.parse(createdAt))
    const told = { from: writers[sender] ?? 'market', at: new Date(lastMs).toISOString() }
    const file = payload?.[0]
    return file ? { ...told, file: recordedFile.path, name: file.name } : { ...told, text: message || '…' }
  })
}
