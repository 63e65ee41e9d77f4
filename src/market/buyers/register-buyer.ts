import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerOf, type ErrorContext, operationOf, problems, registerApi } from '#serving'
import type { BuyerQuotas } from '../limits/buyer-quotas.ts'
import { MarketProblemDetails } from '../own-apis/problem-details.ts'
import type { Buyer } from './buyer.ts'
import type { BuyerTokens } from './buyer-token.ts'
import { CustomerFeeds, type FeedsNeeds } from './customer-feeds.ts'
import { type BuyerNeeds, buyerEndpoints } from './endpoints.ts'
import { takeQuotas } from './take-quotas.ts'

const beatEveryMs = 15_000

type Admission = { buyerTokens: BuyerTokens; quotas: BuyerQuotas }
type BuyerOptions = {
  market: Omit<BuyerNeeds, 'feeds'> & FeedsNeeds & Admission
  version: string
  errors: ErrorContext
}

/** `/buyer/v1`: for storefronts, each call on behalf of one customer. */
export async function registerBuyer(app: FastifyInstance, { market, version, errors }: BuyerOptions): Promise<void> {
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
      tags: {
        chats: "The customer's chats, and new ones.",
        messages: 'What is said in them: texts, stickers, files.',
        disputes: 'Asking the marketplace to decide.',
        events: 'What changes, as it happens.',
      },
      securitySchemes: { BuyerToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    endpoints: buyerEndpoints,
    problemDetails: MarketProblemDetails,
    admit: (request: FastifyRequest) => admitBuyer(request, market),
  }
  await registerApi(app, api, { needs: { ...market, feeds }, version, errors })
}

async function admitBuyer(request: FastifyRequest, { buyerTokens, quotas }: Admission): Promise<Buyer> {
  const { headers, raw } = request
  const token = bearerOf(headers)
  if (token === undefined) throw problems.noToken('a customer')
  const caller = await buyerTokens.read(token)
  if (caller === undefined) throw problems.badToken('a customer')
  const { customerId } = caller
  await takeQuotas(quotas, { customerId, headers, operation: operationOf(request)?.name })
  return { ...caller, raw }
}
