import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { defineEndpoint, HttpProblem, problems } from '#serving'
import { makeLink } from '../../accounts/links.ts'
import { readSession as findSession } from '../../accounts/sessions.ts'
import { type SignedIn, signInByPassword, signInByTicket } from '../../accounts/sign-in.ts'
import {
  type AccountData,
  changeAccount,
  findAccount,
  insertAccount,
  listAccounts as listRows,
  renameAccount,
} from '../../store/accounts.ts'
import { deleteSession, type SessionData } from '../../store/sessions.ts'
import { type Caller, personalEndpoint } from '../access/admit.ts'
import type { ChangeStreams } from '../events/change-streams.ts'
import * as operations from '../operations/people.ts'
import type { Account } from '../shapes/account.ts'

type Needs = { sql: Sql; clock: Clock }
type Streaming = Needs & { changeStreams: Pick<ChangeStreams, 'recheck'> }
type About = { version: string; hasLab: boolean }
type Linking = Needs & { publicUrl: () => string }

export const readSession = defineEndpoint<typeof operations.readSession, About, Caller>(
  operations.readSession,
  async (about, { session }) => sessionView(about, session),
)

export const signIn = defineEndpoint<typeof operations.signIn, Needs & About, Caller>(
  operations.signIn,
  async (needs, { body, raw, address, setCookie }) => {
    const from = { address, userAgent: raw.headers['user-agent'] ?? '' }
    const signedIn = await signInWith(needs, body, from)
    if (signedIn.state === 'too many')
      throw problems.tooMany('Too many attempts to sign in: wait, or ask an owner for a link.', signedIn)
    if (signedIn.state === 'refused') throw refused(body.ticket !== undefined)
    setCookie(signedIn.cookie)
    return sessionView(needs, await findSession(needs, signedIn.cookie))
  },
)

type Tried = { ticket?: string; email?: string; password?: string }

function signInWith(needs: Needs, tried: Tried, from: { address: string; userAgent: string }): Promise<SignedIn> {
  const { ticket, email, password } = tried
  if (ticket !== undefined) return signInByTicket(needs, ticket, from)
  if (email === undefined || password === undefined)
    throw problems.misfit('body', 'must have ticket, or email and password')
  return signInByPassword(needs, { email, password }, from)
}

function refused(isTicket: boolean): HttpProblem {
  return new HttpProblem(
    401,
    isTicket
      ? 'This link was used or is over: an owner can make another, and so does a start of the desk.'
      : 'No account has this address and password.',
  )
}

export const signOut = defineEndpoint<typeof operations.signOut, Streaming, Caller>(
  operations.signOut,
  async ({ sql, changeStreams }, { session, setCookie }) => {
    if (session) await deleteSession(sql, session.accountId, session.sessionId)
    setCookie('')
    await changeStreams.recheck()
    return undefined
  },
)

export const listAccounts = personalEndpoint(operations.listAccounts, async ({ sql }: Needs) => ({
  accounts: (await listRows(sql)).map(accountView),
}))

export const inviteAccount = personalEndpoint(operations.inviteAccount, async (needs: Linking, { body }) => {
  const { sql, clock } = needs
  if (!isEmail(body.email)) throw problems.misfit('email', 'must be an address such as anna@example.org')
  const account = await insertAccount(sql, { ...body, accountId: randomUUID(), createdAt: clock.now() })
  if (account === undefined) throw problems.conflict('Somebody has this address already.')
  return { link: await makeLink(needs, account.accountId) }
})

export const updateAccount = personalEndpoint(
  operations.updateAccount,
  async ({ sql, changeStreams }: Streaming, { params: { accountId }, body }) => {
    const changed = await changeAccount(sql, accountId, body)
    if (changed === 'unknown') throw noSuchAccount()
    if (changed === 'last owner') throw problems.conflict('The last owner stays one: make another owner first.')
    await changeStreams.recheck()
    return accountView({ ...changed, seenAt: null })
  },
)

export const resetAccount = personalEndpoint(
  operations.resetAccount,
  async (needs: Linking, { params: { accountId } }) => {
    const account = await findAccount(needs.sql, accountId)
    if (account === undefined || account.isDisabled) throw noSuchAccount()
    return { link: await makeLink(needs, accountId) }
  },
)

export const updateMe = personalEndpoint(operations.updateMe, async ({ sql }: Needs, { session, body }) => {
  const { accountId, role } = session
  if (body.email !== undefined && !isEmail(body.email))
    throw problems.misfit('email', 'must be an address such as anna@example.org')
  if (!(await renameAccount(sql, accountId, body))) throw problems.conflict('Somebody has this address already.')
  return { accountId, role, name: body.name ?? session.name, email: body.email ?? session.email }
})

const isEmail = (text: string) => /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text)
const noSuchAccount = () => problems.notFound('There is no such account, or it is disabled.')

function sessionView({ version, hasLab }: About, session: SessionData | undefined) {
  if (session === undefined) return { signedIn: false, version, hasLab }
  const { accountId, name, email, role, hasPassword } = session
  return { signedIn: true, account: { accountId, name, email, role }, hasPassword, version, hasLab }
}

function accountView({ createdAt, seenAt, ...account }: AccountData & { seenAt: Date | null }): Account {
  return { ...account, createdAt: createdAt.toISOString(), ...(seenAt && { seenAt: seenAt.toISOString() }) }
}
