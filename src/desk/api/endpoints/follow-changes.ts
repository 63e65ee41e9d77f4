import { personalEndpoint } from '../access/admit.ts'
import type { ChangeStreams } from '../events/change-streams.ts'
import * as operations from '../operations/events.ts'

export const followChanges = personalEndpoint(
  operations.followChanges,
  async ({ changeStreams }: { changeStreams: ChangeStreams }, { raw, session: { accountId, sessionId } }) => {
    const { 'last-event-id': sent } = raw.headers
    const lastEventId = typeof sent === 'string' && sent !== '' ? sent : undefined
    return changeStreams.open({ accountId, sessionId, lastEventId, line: raw.socket })
  },
)
