import { Type } from '#contract'
import { defineEndpoint } from '#serving'
import type { ConsoleSessions } from '../../console/sessions.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { usual } from './parameters.ts'

export const createConsoleTicket = defineEndpoint(
  defineOwnOperation({
    name: 'createConsoleTicket',
    verb: 'POST',
    path: '/admin/v1/console-tickets',
    tag: 'tokens',
    summary: 'Create a ticket for the console',
    description:
      'Signs in once, within a week: `/console#ticket=…`, as in the link that the market prints at its start.',
    response: Type.Object({ ticket: Type.String({ description: 'The ticket.' }) }),
    status: 201,
    refusals: usual,
  }),
  async ({ consoleSessions }: { consoleSessions: Pick<ConsoleSessions, 'makeTicket'> }) => ({
    ticket: consoleSessions.makeTicket(),
  }),
)
