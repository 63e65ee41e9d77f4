import type { Queries } from '#database'
import type { Role } from './accounts.ts'

export type SessionData = {
  sessionId: string
  accountId: string
  name: string
  email: string
  role: Role
  hasPassword: boolean
  maySetPassword: boolean
  seenAt: Date
}

type NewSession = {
  sessionId: string
  accountId: string
  hash: Buffer
  maySetPassword: boolean
  userAgent: string
  now: Date
  expiresAt: Date
}

/** Undefined if the account is not there any more, or disabled. Sessions that are over are forgotten. */
export async function insertSession(sql: Queries, session: NewSession): Promise<boolean> {
  const { sessionId, accountId, hash, maySetPassword, userAgent, now, expiresAt } = session
  await sql`
    delete from desk.sessions where account_id = ${accountId} and expires_at <= ${now}`
  const { count } = await sql`
    insert into desk.sessions (session_id, account_id, hash, may_set_password, user_agent, created_at, seen_at, expires_at)
    select ${sessionId}, account_id, ${hash}, ${maySetPassword}, ${userAgent}, ${now}, ${now}, ${expiresAt}
      from desk.accounts where account_id = ${accountId} and not is_disabled`
  return count > 0
}

export async function findSession(sql: Queries, hash: Buffer, now: Date): Promise<SessionData | undefined> {
  const [session] = await sql<SessionData[]>`
    select s.session_id as "sessionId", s.account_id as "accountId", a.name, a.email, a.role,
           a.password is not null as "hasPassword", s.may_set_password as "maySetPassword", s.seen_at as "seenAt"
      from desk.sessions s join desk.accounts a using (account_id)
     where s.hash = ${hash} and s.expires_at > ${now} and not a.is_disabled`
  return session
}

export async function isSessionOpen(sql: Queries, sessionId: string, now: Date): Promise<boolean> {
  const rows = await sql`
    select from desk.sessions s join desk.accounts a using (account_id)
     where s.session_id = ${sessionId} and s.expires_at > ${now} and not a.is_disabled`
  return rows.length > 0
}

export async function touchSession(
  sql: Queries,
  sessionId: string,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    update desk.sessions set seen_at = ${now}, expires_at = ${expiresAt} where session_id = ${sessionId}`
}

export type SessionRowData = { sessionId: string; createdAt: Date; seenAt: Date; userAgent: string }

export async function listSessions(sql: Queries, accountId: string, now: Date): Promise<SessionRowData[]> {
  return sql<SessionRowData[]>`
    select session_id as "sessionId", created_at as "createdAt", seen_at as "seenAt", user_agent as "userAgent"
      from desk.sessions where account_id = ${accountId} and expires_at > ${now} order by seen_at desc, session_id`
}

export async function deleteSession(sql: Queries, accountId: string, sessionId: string): Promise<boolean> {
  const { count } = await sql`
    delete from desk.sessions where account_id = ${accountId} and session_id = ${sessionId}`
  return count > 0
}

/** All sessions of an account but one, and all its links. The session that stays may no more set a password by itself. */
export async function endOtherSessions(sql: Queries, accountId: string, sessionId: string): Promise<void> {
  await sql`
    delete from desk.sessions where account_id = ${accountId} and session_id <> ${sessionId}`
  await sql`
    update desk.sessions set may_set_password = false where session_id = ${sessionId}`
  await sql`
    delete from desk.tickets where account_id = ${accountId}`
}

type NewTicket = { hash: Buffer; accountId: string; now: Date; expiresAt: Date }

export async function insertTicket(sql: Queries, { hash, accountId, now, expiresAt }: NewTicket): Promise<void> {
  await sql`
    delete from desk.tickets where expires_at <= ${now}`
  await sql`
    insert into desk.tickets (hash, account_id, expires_at) values (${hash}, ${accountId}, ${expiresAt})`
}

/** Uses a ticket up: whose it was, if it was one. */
export async function takeTicket(sql: Queries, hash: Buffer, now: Date): Promise<string | undefined> {
  const [ticket] = await sql<{ accountId: string; expiresAt: Date }[]>`
    delete from desk.tickets where hash = ${hash} returning account_id as "accountId", expires_at as "expiresAt"`
  return ticket !== undefined && ticket.expiresAt > now ? ticket.accountId : undefined
}
