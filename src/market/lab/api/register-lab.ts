import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ErrorContext, registerApi } from '#serving'
import { type Admission, admitAdmin } from '../../admin/access/admit.ts'
import { MarketProblemDetails } from '../../own-apis/problem-details.ts'
import { type LabNeeds, labEndpoints } from './endpoints.ts'

type LabOptions = { market: LabNeeds & Admission; version: string; errors: ErrorContext }

/** `/lab/v1`: for whoever tries out the market, or an integration with it. Only with a lab. */
export function registerLab(app: FastifyInstance, { market, version, errors }: LabOptions): Promise<void> {
  const api = {
    prefix: '/lab',
    info: {
      title: 'Prilavok: the lab API',
      description:
        'Simulated buyers, scenarios, faults, the clock, snapshots, coverage, state files. Send the admin token.',
      tags: {
        buyers: 'Simulated buyers, who write and answer by themselves.',
        scenarios: 'What they can play.',
        faults: 'What the market does wrong on purpose.',
        clock: 'The time of the market, which can be moved.',
        snapshots: 'States of the market to go back to.',
        coverage: 'What programs of shops have met.',
        state: 'What a market holds as a file that people write and read.',
      },
      securitySchemes: { AdminToken: { type: 'http', scheme: 'bearer' } },
    },
    endpoints: labEndpoints,
    problemDetails: MarketProblemDetails,
    admit: (request: FastifyRequest) => admitAdmin(request, market),
  }
  return registerApi(app, api, { needs: market, version, errors })
}
