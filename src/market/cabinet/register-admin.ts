import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { registerApi } from '../http/endpoint.ts'
import type { Market } from '../market.ts'
import { admitToCabinet } from './admit.ts'
import { beatEveryMs, ChangeStreams } from './change-streams.ts'
import { adminEndpoints } from './endpoints.ts'

/** `/admin/v1`: for whoever runs the market; some of it for cabinets, each its own. */
export async function registerAdmin(app: FastifyInstance, market: Market, version: string): Promise<void> {
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
        'Businesses, shops, keys, customers, orders, the words of staff, notifications. Send the admin token; what is for cabinets takes a cabinet token too.',
      securitySchemes: { AdminToken: { type: 'http', scheme: 'bearer' } },
      cabinetSecuritySchemes: { CabinetToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    endpoints: adminEndpoints,
    admit: (request: FastifyRequest, reply: FastifyReply) => admitToCabinet(request, reply, market),
  }
  await registerApi(app, api, { needs: { ...market, changeStreams }, version, log: market.log })
}
