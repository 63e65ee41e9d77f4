import { operations } from '#contract'
import type { Caller, Request } from './caller.ts'
import { rareText } from './fill.ts'
import type { World } from './world.ts'

/** Who asks, and about what: chats of the cabinet by chance, and tokens of pages far in. */
export type Asking = {
  world: World
  chats: { chatId: string; orderId: string; messageId: string }[]
  buyers: { headers: Record<string, string>; chatId: string }[]
}

/** One way to read. `deep` follows so many page tokens first, and measures the page after them. */
export type Reading = {
  name: string
  ask(asking: Asking, turn: number): Request
  deep?: number
}

type Query = Record<string, string | number>

const cabinet = '/v2/businesses/1'
const pathOf = (path: string, query: Query) => {
  const texts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${path}?${texts.join('&')}`
}
const of = <T>(some: readonly T[], turn: number): T => {
  const one = some[turn % some.length]
  if (one === undefined) throw new Error('there is nothing to ask about')
  return one
}

function shop(
  name: string,
  read: (chat: Asking['chats'][number]) => { path: string; query: Query; json?: object },
  deep?: number,
): Reading {
  const ask: Reading['ask'] = ({ world, chats }, turn) => {
    const { path, query, json } = read(of(chats, turn))
    return {
      method: json ? 'POST' : 'GET',
      path: pathOf(path, query),
      headers: { 'api-key': world.token },
      ...(json && { json }),
    }
  }
  return { name, ask, ...(deep && { deep }) }
}

const chatsPath = operations.getChats.path.replace('{businessId}', '1')
const list = (what: string, json: object, { limit = 10, deep }: { limit?: number; deep?: number } = {}) =>
  shop(`getChats ${what}`, () => ({ path: chatsPath, query: { limit }, json }), deep)
const listOf = (what: string, jsonOf: (chat: Asking['chats'][number]) => object) =>
  shop(`getChats ${what}`, chat => ({ path: chatsPath, query: { limit: 10 }, json: jsonOf(chat) }))

const rare = ['WAITING_FOR_MARKET']
const common = ['WAITING_FOR_CUSTOMER']
const context = ({ orderId }: { orderId: string }) => ({ type: 'ORDER', id: Number(orderId) })
const history = (what: string, query: (chat: Asking['chats'][number]) => Query, deep?: number) =>
  shop(
    `getChatHistory ${what}`,
    chat => ({ path: `${cabinet}/chats/history`, query: { limit: 50, ...query(chat) }, json: {} }),
    deep,
  )

const ofShops: Reading[] = [
  list('first page', {}),
  list('deep page', {}, { deep: 3 }),
  list('by a common status', { statuses: common }, { limit: 5 }),
  list('by a common status, deep', { statuses: common }, { limit: 4, deep: 1 }),
  list('by a rare status', { statuses: rare }),
  list('by a rare status, deep', { statuses: rare }, { limit: 5, deep: 1 }),
  list('by two statuses', { statuses: [...rare, ...common] }),
  list('by a rare type', { types: ['ARBITRAGE'] }),
  list('by kind of context', { contextTypes: ['DIRECT'] }, { limit: 5 }),
  list('by a rare status and type', { statuses: rare, types: ['CHAT'] }),
  list('by a rare type and status', { types: ['ARBITRAGE'], statuses: ['WAITING_FOR_ARBITER'] }),
  list('by a rare status and kind', { statuses: rare, contextTypes: ['ORDER', 'RETURN'] }),
  listOf('by contexts', chat => ({ contexts: [context(chat)] })),
  listOf('by orderIds', ({ orderId }) => ({ orderIds: [Number(orderId)] })),
  listOf('by orderIds and status', ({ orderId }) => ({ orderIds: [Number(orderId)], statuses: common })),
  listOf('by contexts and type', chat => ({ contexts: [context(chat)], types: ['CHAT'] })),
  history('first page', ({ chatId }) => ({ chatId })),
  history('of the longest, deep', () => ({ chatId: 32 }), 15),
  shop('getChat', ({ chatId }) => ({ path: `${cabinet}/chat`, query: { chatId } })),
  shop('getChatMessage', ({ chatId, messageId }) => ({
    path: `${cabinet}/chats/message`,
    query: { chatId, messageId },
  })),
]

const admin = (
  name: string,
  path: string,
  queryOf: (chat: Asking['chats'][number]) => Query = () => ({}),
  deep?: number,
): Reading => ({
  name,
  ask: ({ world, chats }, turn) => ({
    method: 'GET',
    path: pathOf(`/admin/v1/businesses/1/${path}`, queryOf(of(chats, turn))),
    headers: { authorization: `Bearer ${world.adminToken}` },
  }),
  ...(deep && { deep }),
})

const ofConsole: Reading[] = [
  admin('deliveries, newest', 'deliveries'),
  admin('deliveries, deep', 'deliveries', undefined, 3),
  admin('deliveries of a chat', 'deliveries', ({ chatId }) => ({ chatId })),
  admin('deliveries of the longest chat, deep', 'deliveries', () => ({ chatId: 32 }), 3),
  ...['WAITING', 'IN_FLIGHT', 'DELIVERED', 'REFUSED', 'CANCELLED'].map(state =>
    admin(`deliveries, ${state}`, 'deliveries', () => ({ state })),
  ),
  admin('deliveries of messages', 'deliveries', () => ({ type: 'CHAT_MESSAGE_SENT' })),
  admin('deliveries of new chats', 'deliveries', () => ({ type: 'CHAT_CREATED', limit: 20 })),
  admin('deliveries of disputes', 'deliveries', () => ({ type: 'CHAT_ARBITRAGE_STARTED' })),
  admin('deliveries of a subscription', 'deliveries', () => ({ subscriptionId: 1 })),
  admin('deliveries of a chat, REFUSED', 'deliveries', ({ chatId }) => ({ chatId, state: 'REFUSED' })),
  admin('requests, newest', 'requests'),
  admin('requests, deep', 'requests', undefined, 3),
  admin('requests by a common operation', 'requests', () => ({ operation: 'getChats' })),
  admin('requests by a rare operation', 'requests', () => ({ operation: 'getCampaigns' })),
  admin('requests by status 200', 'requests', () => ({ status: '200' })),
  admin('requests by a rare status', 'requests', () => ({ status: '420' })),
  admin('requests by class 4xx', 'requests', () => ({ status: '4xx' })),
  admin('requests by class 5xx', 'requests', () => ({ status: '5xx' })),
  admin('requests by operation and status', 'requests', () => ({ operation: 'getChats', status: '4xx', limit: 5 })),
  admin('requests by a text in many', 'requests', () => ({ text: 'waiting_for_partner' })),
  admin('requests by a text in none', 'requests', () => ({ text: 'nowhere' })),
  admin('requests by integration', 'requests', () => ({ integration: 'writes' })),
  admin('chats, newest', 'chats', () => ({ limit: 20 })),
  admin('chats, deep', 'chats', () => ({ limit: 10 }), 3),
  admin('chats by a common status', 'chats', () => ({ status: 'WAITING_FOR_CUSTOMER', limit: 10 })),
  admin('chats by a rare status', 'chats', () => ({ status: 'WAITING_FOR_MARKET' })),
  admin('chats by a rare type', 'chats', () => ({ type: 'ARBITRAGE' })),
  admin('chats, test ones', 'chats', () => ({ isTest: 'true' })),
  admin('chats by number', 'chats', ({ orderId }) => ({ text: orderId })),
  admin('chats by a rare name', 'chats', () => ({ text: rareText })),
  admin('chats by a common name', 'chats', () => ({ text: 'Борис', limit: 5 })),
  admin('messages of a chat', 'chats/32/messages'),
  admin('orders, newest', 'orders', () => ({ limit: 20 })),
  admin('orders, deep', 'orders', () => ({ limit: 10 }), 3),
  admin('orders, test ones', 'orders', () => ({ isTest: 'true' })),
  admin('customers, first page', 'customers', () => ({ limit: 20 })),
  admin('customers, deep', 'customers', () => ({ limit: 5 }), 3),
  admin('overview', 'overview'),
]

const ofBuyers: Reading[] = [
  {
    name: "a buyer's chats",
    ask: ({ buyers }, turn) => ({ method: 'GET', path: '/buyer/v1/chats', headers: of(buyers, turn).headers }),
  },
  {
    name: "a buyer's messages",
    ask({ buyers }, turn) {
      const { headers, chatId } = of(buyers, turn)
      return { method: 'GET', path: `/buyer/v1/businesses/1/chats/${chatId}/messages`, headers }
    },
  },
]

export const readings: readonly Reading[] = [...ofShops, ...ofConsole, ...ofBuyers]

/** Follows the tokens of the pages, and returns the request for the page that they lead to. */
export async function goDeep(caller: Caller, request: Request, pages: number): Promise<Request> {
  let asked = request
  for (let page = 0; page < pages; page++) {
    const { body } = await caller.call(asked)
    const answer = JSON.parse(body)
    const token: string | undefined = answer.nextPageToken ?? answer.result?.paging?.nextPageToken
    if (token === undefined) throw new Error(`${request.path} has no page ${page + 2}`)
    asked = { ...request, path: `${request.path}&pageToken=${encodeURIComponent(token)}` }
  }
  return asked
}
