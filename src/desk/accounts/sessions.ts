import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { findSession, insertSession, type SessionData, touchSession } from '../store/sessions.ts'
import { hashSecret, makeSecret } from './secrets.ts'

export const sessionSeconds = 30 * 24 * 60 * 60
const touchedEveryMs = 5 * 60 * 1000
const userAgentMaxLength = 300

type Needs = { sql: Sql; clock: Clock }

/** The value of the cookie of a new session; undefined if the account may not sign in. */
export async function openSession(
  { sql, clock }: Needs,
  accountId: string,
  { userAgent, maySetPassword }: { userAgent: string; maySetPassword: boolean },
): Promise<string | undefined> {
  const secret = makeSecret()
  const now = clock.now()
  const isOpen = await insertSession(sql, {
    ...{ sessionId: randomUUID(), accountId, hash: hashSecret(secret), maySetPassword, now },
    userAgent: userAgent.slice(0, userAgentMaxLength),
    expiresAt: endOf(now),
  })
  return isOpen ? secret : undefined
}

/** The session of a cookie, which lasts thirty days from its last use. */
export async function readSession({ sql, clock }: Needs, cookie: string): Promise<SessionData | undefined> {
  const now = clock.now()
  const session = await findSession(sql, hashSecret(cookie), now)
  if (session && now.getTime() - session.seenAt.getTime() > touchedEveryMs)
    await touchSession(sql, session.sessionId, { now, expiresAt: endOf(now) })
  return session
}

const endOf = (now: Date) => new Date(now.getTime() + sessionSeconds * 1000)
