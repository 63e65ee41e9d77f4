import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerOf } from '../http/bearer.ts'
import { type Endpoint, registerApi } from '../http/endpoint.ts'
import { problems } from '../http/problem.ts'
import type { Market } from '../market.ts'
import type { Buyer } from './buyer.ts'
import type { BuyerTokens } from './buyer-token.ts'
import { CustomerFeeds } from './customer-feeds.ts'
import { listChatsOfCustomer } from './list-chats.ts'
import { listMessagesOfChat } from './list-messages.ts'
import { openChatAsCustomer } from './open-chat.ts'
import { listStickers, openDispute, sendFile, sendSticker, sendText } from './send-messages.ts'
import { streamEvents } from './stream-events.ts'

const beatEveryMs = 15_000

const endpoints: Endpoint<Market & { feeds: CustomerFeeds }, Buyer>[] = [
  listChatsOfCustomer,
  openChatAsCustomer,
  listMessagesOfChat,
  sendText,
  sendFile,
  sendSticker,
  listStickers,
  openDispute,
  streamEvents,
]

/** `/buyer/v1`: for storefronts, each call on behalf of one customer. */
export async function registerBuyer(app: FastifyInstance, market: Market, version: string): Promise<void> {
  const feeds = new CustomerFeeds(market)
  const beating = setInterval(() => feeds.beat(), beatEveryMs).unref()
  app.addHook('preClose', async () => {
    clearInterval(beating)
    feeds.close()
  })
  const api = {
    prefix: '/buyer',
    info: {
      title: 'Prilavok: the buyer API',
      description: "A customer's chats with every business. Send the customer's token, which the admin API makes.",
      securitySchemes: { BuyerToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    endpoints,
    admit: (request: FastifyRequest) => admitBuyer(request, market.buyerTokens),
  }
  await registerApi(app, api, { needs: { ...market, feeds }, version, log: market.log })
}

async function admitBuyer({ headers, raw }: FastifyRequest, buyerTokens: BuyerTokens): Promise<Buyer> {
  const token = bearerOf(headers)
  if (token === undefined) throw problems.noToken('a customer')
  const customerId = await buyerTokens.read(token)
  if (customerId === undefined) throw problems.badToken('a customer')
  return { customerId, raw }
}
