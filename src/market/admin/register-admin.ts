import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ErrorContext, registerApi } from '#serving'
import { MarketProblemDetails } from '../own-apis/problem-details.ts'
import { type Admission, admitToAdminApi } from './access/admit.ts'
import { type AdminNeeds, adminEndpoints } from './endpoints.ts'
import { beatEveryMs, ChangeStreams, type ChangeStreamsNeeds } from './watch/change-streams.ts'

type AdminOptions = {
  market: Omit<AdminNeeds, 'changeStreams'> & Admission & ChangeStreamsNeeds
  version: string
  errors: ErrorContext
}

const adminTags = {
  businesses: 'Sellers, their settings, and an overview of each.',
  campaigns: 'The storefronts of a business.',
  keys: 'Api-Keys, and tokens that open one business here.',
  customers: 'Who buys and writes, their tokens and quotas.',
  orders: 'Orders and returns, as the order system tells them.',
  'test orders': 'Orders that are not real, for a chat in which no customer answers.',
  chats: 'Chats seen from above, and acts of customers and staff in them.',
  notifications: 'Subscriptions of shops and deliveries to them.',
  'query log': 'What shops asked, and what was answered.',
  events: 'What changes, as it happens.',
  tokens: "Revoking tokens of the market's own APIs.",
}

/** `/admin/v1`: for whoever runs the market; some of it for businesses, each with a token of its own. */
export async function registerAdmin(app: FastifyInstance, { market, version, errors }: AdminOptions): Promise<void> {
  const changeStreams = new ChangeStreams(market)
  const beating = setInterval(() => changeStreams.beat(), beatEveryMs).unref()
  app.addHook('preClose', async () => {
    clearInterval(beating)
    changeStreams.close()
  })
  const api = {
    prefix: '/admin',
    info: {
      title: 'Prilavok: the admin API',
      description:
        'Businesses, campaigns, keys, customers, orders, the words of staff, notifications. Send the admin token; what is for one business takes its token too.',
      tags: adminTags,
      securitySchemes: { AdminToken: { type: 'http', scheme: 'bearer' } },
      businessSecuritySchemes: { CabinetToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    endpoints: adminEndpoints,
    problemDetails: MarketProblemDetails,
    admit: (request: FastifyRequest) => admitToAdminApi(request, market),
  }
  await registerApi(app, api, { needs: { ...market, changeStreams }, version, errors })
}
