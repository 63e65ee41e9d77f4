import type { FastifyInstance, FastifyRequest } from 'fastify'
import { admitAdmin } from '../cabinet/admit.ts'
import { registerApi } from '../http/endpoint.ts'
import { labEndpoints } from './endpoints.ts'
import type { MarketWithLab } from './market-with-lab.ts'

/** `/lab/v1`: for whoever tries out the market, or an integration with it. Only with a lab. */
export function registerLab(app: FastifyInstance, market: MarketWithLab, version: string): Promise<void> {
  const api = {
    prefix: '/lab',
    info: {
      title: 'Prilavok: the lab API',
      description: 'Simulated buyers, scenarios, faults, the clock, snapshots. Send the admin token.',
      securitySchemes: { AdminToken: { type: 'http', scheme: 'bearer' } },
    },
    endpoints: labEndpoints,
    admit: (request: FastifyRequest) => admitAdmin(request, market),
  }
  return registerApi(app, api, { needs: market, version, log: market.log })
}
