import { Type } from '#contract'
import { Account, email, Link, Person, password, personName, role, Session, SessionRow } from '../shapes/account.ts'
import { noBody, ownOperation, usual } from './own.ts'

const tag = 'people'
const accountId = Type.String({ minLength: 1, maxLength: 100, description: 'The account.' })
const OfAccount = Type.Object({ accountId })

export const readSession = ownOperation({
  name: 'readSession',
  verb: 'GET',
  path: '/desk/v1/session',
  tag,
  summary: 'Who is signed in',
  description: 'Also answered when nobody is.',
  response: Session,
  refusals: usual,
})

export const signIn = ownOperation({
  name: 'signIn',
  verb: 'POST',
  path: '/desk/v1/session',
  tag,
  summary: 'Sign in',
  description: 'With the ticket of a one-time link, or an e-mail address and a password. Sets the cookie.',
  body: Type.Object({
    ticket: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(email),
    password: Type.Optional(password),
  }),
  response: Session,
  refusals: [...usual, 429],
})

export const signOut = ownOperation({
  name: 'signOut',
  verb: 'DELETE',
  path: '/desk/v1/session',
  tag,
  summary: 'Sign out',
  description: 'The session opens nothing from now on.',
  ...noBody,
  refusals: usual,
})

export const listSessions = ownOperation({
  name: 'listSessions',
  verb: 'GET',
  path: '/desk/v1/sessions',
  tag,
  summary: 'List sessions',
  description: 'Where the account is signed in, the latest first.',
  response: Type.Object({ sessions: Type.Array(SessionRow) }),
  refusals: usual,
})

export const endSession = ownOperation({
  name: 'endSession',
  verb: 'DELETE',
  path: '/desk/v1/sessions/{sessionId}',
  tag,
  summary: 'End a session',
  description: "One of the account's own.",
  params: Type.Object({ sessionId: Type.String({ minLength: 1, maxLength: 100, description: 'The session.' }) }),
  ...noBody,
  refusals: [...usual, 404],
})

export const listAccounts = ownOperation({
  name: 'listAccounts',
  verb: 'GET',
  path: '/desk/v1/accounts',
  tag,
  summary: 'List accounts',
  description: 'Everybody who may sign in, or might once.',
  response: Type.Object({ accounts: Type.Array(Account) }),
  refusals: usual,
})

export const inviteAccount = ownOperation({
  name: 'inviteAccount',
  verb: 'POST',
  path: '/desk/v1/accounts/invitations',
  tag,
  summary: 'Invite somebody',
  description: 'Makes the account and a link that signs in to it once, within three days. For owners.',
  body: Type.Object({ name: personName, email, role }),
  response: Link,
  status: 201,
  refusals: [...usual, 409],
})

export const updateAccount = ownOperation({
  name: 'updateAccount',
  verb: 'PATCH',
  path: '/desk/v1/accounts/{accountId}',
  tag,
  summary: 'Change an account',
  description: 'Who is disabled is signed out at once. The last owner stays one. For owners.',
  params: OfAccount,
  body: Type.Object({ role: Type.Optional(role), isDisabled: Type.Optional(Type.Boolean()) }),
  response: Account,
  refusals: [...usual, 404, 409],
})

export const resetAccount = ownOperation({
  name: 'resetAccount',
  verb: 'POST',
  path: '/desk/v1/accounts/{accountId}/reset',
  tag,
  summary: 'Make a link that signs in',
  description: 'Once, within three days; a new password can be set then without the old one. For owners.',
  params: OfAccount,
  response: Link,
  status: 201,
  refusals: [...usual, 404],
})

export const updateMe = ownOperation({
  name: 'updateMe',
  verb: 'PATCH',
  path: '/desk/v1/me',
  tag,
  summary: 'Change the name and the address',
  description: "The account's own.",
  body: Type.Object({ name: Type.Optional(personName), email: Type.Optional(email) }),
  response: Person,
  refusals: [...usual, 409],
})

export const setPassword = ownOperation({
  name: 'setPassword',
  verb: 'PUT',
  path: '/desk/v1/password',
  tag,
  summary: 'Set the password',
  description:
    "Of at least ten characters. Without the current one only in a link's session. Ends the account's other sessions.",
  body: Type.Object({ password, current: Type.Optional(password) }),
  ...noBody,
  refusals: [...usual, 422, 429],
})
