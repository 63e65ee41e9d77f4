import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerOf, isSameSecret } from '../http/bearer.ts'
import { type Endpoint, registerApi } from '../http/endpoint.ts'
import { problems } from '../http/problem.ts'
import type { Market } from '../market.ts'
import { createBusiness, getBusiness, listBusinesses, updateBusiness } from './businesses.ts'
import { createCampaign, listCampaigns } from './campaigns.ts'
import { createBuyerToken, putCustomer } from './customers.ts'
import { closeChat, finishDispute } from './finish-chats.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'
import { getOrder, putOrder } from './orders.ts'
import { putReturn } from './returns.ts'
import { sendMarketMessage, sendSupportMessage } from './staff-messages.ts'
import { createTestOrder, openTestChat } from './test-orders.ts'

type Admin = Record<never, never>

const endpoints: Endpoint<Market, Admin>[] = [
  createBusiness,
  listBusinesses,
  getBusiness,
  updateBusiness,
  createCampaign,
  listCampaigns,
  createKey,
  listKeys,
  revokeKey,
  putCustomer,
  createBuyerToken,
  putOrder,
  getOrder,
  putReturn,
  createTestOrder,
  openTestChat,
  sendSupportMessage,
  sendMarketMessage,
  finishDispute,
  closeChat,
]

/** `/admin/v1`: for whoever runs the market. */
export function registerAdmin(app: FastifyInstance, market: Market, version: string): Promise<void> {
  const api = {
    prefix: '/admin',
    info: {
      title: 'Prilavok: the admin API',
      description: 'Businesses, shops, keys, customers, orders, and the words of staff. Send the admin token.',
      securitySchemes: { AdminToken: { type: 'http', scheme: 'bearer' } },
    },
    endpoints,
    admit: async (request: FastifyRequest) => checkAdmin(request, market.secrets.adminToken),
  }
  return registerApi(app, api, { needs: market, version, log: market.log })
}

function checkAdmin({ headers }: FastifyRequest, adminToken: string): Admin {
  const token = bearerOf(headers)
  if (token === undefined) throw problems.noToken('the admin')
  if (!isSameSecret(token, adminToken)) throw problems.badToken('the admin')
  return {}
}
