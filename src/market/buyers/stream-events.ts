import type { IncomingHttpHeaders } from 'node:http'
import { idOf, parseInt64, Type } from '#contract'
import { problems } from '#serving'
import { defineOwnOperation } from '../own-apis/own-operation.ts'
import { buyerEndpoint, usual } from './buyer.ts'
import type { CustomerFeeds } from './customer-feeds.ts'

export const streamEvents = buyerEndpoint(
  defineOwnOperation({
    name: 'streamEvents',
    verb: 'GET',
    path: '/buyer/v1/events',
    tag: 'events',
    summary: 'Follow what happens',
    description: [
      'Server-sent events for as long as the connection stands.',
      '`event: message` has `{businessId, chatId, message}`; `event: chat` has the chat as the list has it, after its messages and when something happened without one.',
      '`id` is a position. A reader who comes back with it, in Last-Event-ID or lastEventId, misses nothing; a few messages around it come a second time, so drop a messageId that is known. A new stream begins with the last seconds, too.',
      'The server ends a stream now and then: come back with the last id, as browsers do.',
    ].join('\n\n'),
    query: Type.Object({
      lastEventId: Type.Optional(
        idOf<bigint>('For readers who cannot send the Last-Event-ID header, which wins.', { minimum: 0 }),
      ),
    }),
    response: Type.String({ description: 'text/event-stream' }),
    responseType: 'text/event-stream',
    refusals: usual,
  }),
  async ({ feeds }: { feeds: CustomerFeeds }, { customerId, grant, query, raw }) =>
    feeds.open({ customerId, grant }, positionOf(raw.headers) ?? query.lastEventId, raw.socket),
)

function positionOf(headers: IncomingHttpHeaders): bigint | undefined {
  const text = headers['last-event-id']
  if (text === undefined || text === '') return undefined
  const position = parseInt64(String(text))
  if (position === undefined || position < 0n) throw problems.misfit('Last-Event-ID', 'is not an id of this stream')
  return position
}
