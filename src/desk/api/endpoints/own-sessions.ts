import type { Sql } from '#database'
import type { Clock } from '#kit'
import { HttpProblem, problems } from '#serving'
import { hashPassword, passwordMinLength } from '../../accounts/passwords.ts'
import { confirmPassword } from '../../accounts/sign-in.ts'
import { readPassword, writePassword } from '../../store/accounts.ts'
import { deleteSession, endOtherSessions, listSessions as listRows, type SessionData } from '../../store/sessions.ts'
import { personalEndpoint } from '../access/admit.ts'
import type { ChangeStreams } from '../events/change-streams.ts'
import * as operations from '../operations/people.ts'

type Needs = { sql: Sql; clock: Clock }
type Streaming = Needs & { changeStreams: Pick<ChangeStreams, 'recheck'> }

export const listSessions = personalEndpoint(
  operations.listSessions,
  async ({ sql, clock }: Needs, { session: { accountId, sessionId } }) => {
    const rows = await listRows(sql, accountId, clock.now())
    return {
      sessions: rows.map(row => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        seenAt: row.seenAt.toISOString(),
        isThis: row.sessionId === sessionId,
      })),
    }
  },
)

export const endSession = personalEndpoint(
  operations.endSession,
  async ({ sql, changeStreams }: Streaming, { session: { accountId }, params: { sessionId } }) => {
    if (!(await deleteSession(sql, accountId, sessionId))) throw problems.notFound('You have no such session.')
    await changeStreams.recheck()
    return undefined
  },
)

export const setPassword = personalEndpoint(
  operations.setPassword,
  async (needs: Streaming, { session, body: { password, current } }) => {
    const { accountId, sessionId } = session
    if (password.length < passwordMinLength)
      throw new HttpProblem(422, `A password has ${passwordMinLength} characters at the least.`)
    await requireOwnPassword(needs, session, current)
    await writePassword(needs.sql, accountId, await hashPassword(password))
    await endOtherSessions(needs.sql, accountId, sessionId)
    await needs.changeStreams.recheck()
    return undefined
  },
)

/** Whoever finds a browser open must not take the account over. */
async function requireOwnPassword(needs: Needs, session: SessionData, current: string | undefined): Promise<void> {
  if (session.maySetPassword) return
  const kept = await readPassword(needs.sql, session.accountId)
  const said = await confirmPassword(needs, { accountId: session.accountId, password: current ?? '', kept })
  if (said === 'right') return
  if (said === 'wrong') throw new HttpProblem(422, 'This is not your current password.')
  throw problems.tooMany('Too many attempts: wait.', said)
}
