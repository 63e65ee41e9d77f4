import { Type } from '#contract'
import type { Sql } from '#database'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { adminEndpoint } from '../access/admit.ts'
import { OfBusiness, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'
import type { ChangeStreams } from './change-streams.ts'

export const followChanges = adminEndpoint(
  defineOwnOperation({
    name: 'followChanges',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/events',
    tag: 'events',
    summary: 'Follow what changes',
    description: [
      'Server-sent events for as long as the connection stands.',
      '`event: changed` has `{"about": […]}`, of chats, deliveries, subscriptions, requests, lab: read these again. What changes together is told together, four times a second at the most.',
      'Nothing is told of what happened without a stream: who comes back reads everything again. The server ends a stream now and then.',
    ].join('\n\n'),
    isForBusiness: true,
    params: OfBusiness,
    response: Type.String({ description: 'text/event-stream' }),
    responseType: 'text/event-stream',
    refusals: [...usual, 404, 429],
  }),
  async ({ sql, changeStreams }: { sql: Sql; changeStreams: ChangeStreams }, { params, raw, grant }) => {
    const { businessId } = await requireBusiness(sql, params.businessId)
    return changeStreams.open(businessId, grant, raw.socket)
  },
)
