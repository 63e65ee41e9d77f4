import type { Sql } from '#database'
import type { Clock } from '#kit'
import { findSigningIn } from '../store/accounts.ts'
import { takeTicket } from '../store/sessions.ts'
import { forgetAttempts, pruneAttempts, takeAttempt } from '../store/sign-in-attempts.ts'
import { isPassword } from './passwords.ts'
import { hashSecret } from './secrets.ts'
import { openSession } from './sessions.ts'

/** Behind a proxy many people come from one address. */
const byEmail = { free: 5, maxSeconds: 900 }
const byAddress = { free: 50, maxSeconds: 60 }

type Needs = { sql: Sql; clock: Clock }
/** From where somebody signs in: an address of the network, and what the browser calls itself. */
export type Place = { address: string; userAgent: string }

export type SignedIn =
  | { state: 'signed in'; cookie: string }
  | { state: 'refused' }
  | { state: 'too many'; retryAfterSeconds: number }

/** With the ticket of a one-time link, which is used up. */
export async function signInByTicket(needs: Needs, ticket: string, { userAgent }: Place): Promise<SignedIn> {
  const accountId = await takeTicket(needs.sql, hashSecret(ticket), needs.clock.now())
  return accountId === undefined ? { state: 'refused' } : open(needs, accountId, { userAgent, maySetPassword: true })
}

export async function signInByPassword(
  needs: Needs,
  { email, password }: { email: string; password: string },
  { address, userAgent }: Place,
): Promise<SignedIn> {
  const { sql } = needs
  const subject = `email ${email.toLowerCase()}`
  const seconds = await takeAttempts(needs, { subject, address })
  if (seconds !== undefined) return { state: 'too many', retryAfterSeconds: seconds }
  const account = await findSigningIn(sql, email)
  if (!(await isPassword(password, account?.password)) || account === undefined) return { state: 'refused' }
  await forgetAttempts(sql, subject)
  return open(needs, account.accountId, { userAgent, maySetPassword: false })
}

/** The current password of somebody who is signed in; attempts are counted as those to sign in are. */
export async function confirmPassword(
  { sql, clock }: Needs,
  { accountId, password, kept }: { accountId: string; password: string; kept: string | null },
): Promise<'right' | 'wrong' | { retryAfterSeconds: number }> {
  const subject = `account ${accountId}`
  const seconds = await takeAttempt(sql, subject, { ...byEmail, now: clock.now() })
  if (seconds !== undefined) return { retryAfterSeconds: seconds }
  if (!(await isPassword(password, kept))) return 'wrong'
  await forgetAttempts(sql, subject)
  return 'right'
}

async function takeAttempts({ sql, clock }: Needs, { subject, address }: { subject: string; address: string }) {
  const now = clock.now()
  await pruneAttempts(sql, now)
  return (
    (await takeAttempt(sql, `address ${address}`, { ...byAddress, now })) ??
    (await takeAttempt(sql, subject, { ...byEmail, now }))
  )
}

async function open(
  needs: Needs,
  accountId: string,
  from: { userAgent: string; maySetPassword: boolean },
): Promise<SignedIn> {
  const cookie = await openSession(needs, accountId, from)
  return cookie === undefined ? { state: 'refused' } : { state: 'signed in', cookie }
}
