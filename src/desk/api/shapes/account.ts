import { dateTime, oneOf, type Static, Type } from '#contract'

/** From the one who may most. A viewer reads, an operator answers, an owner also connects cabinets and invites people. */
const roles = ['owner', 'operator', 'viewer'] as const
export type Role = (typeof roles)[number]

export const role = oneOf(roles, { description: 'What the account may do.' })
export const email = Type.String({ minLength: 3, maxLength: 254, description: 'The address that signs in.' })
export const personName = Type.String({ minLength: 1, maxLength: 100, description: 'What people call them.' })
export const password = Type.String({ minLength: 1, maxLength: 256 })

const AccountFields = { accountId: Type.String(), name: Type.String(), email: Type.String(), role }
export const Person = Type.Object(AccountFields, { title: 'Person' })
export const Account = Type.Object(
  {
    ...AccountFields,
    isDisabled: Type.Boolean(),
    /** Whether a password was ever set: until then only a link signs in. */
    hasPassword: Type.Boolean(),
    createdAt: dateTime('When it was made.'),
    seenAt: Type.Optional(dateTime('When it was last signed in, to within minutes.')),
  },
  { title: 'Account' },
)
export type Account = Static<typeof Account>

export const Session = Type.Object(
  {
    signedIn: Type.Boolean(),
    account: Type.Optional(Person),
    hasPassword: Type.Optional(Type.Boolean()),
    version: Type.String(),
    hasLab: Type.Boolean({ description: 'Whether simulated buyers write to this desk, as `prilavok up` has it.' }),
  },
  { title: 'Session' },
)

export const SessionRow = Type.Object(
  {
    sessionId: Type.String(),
    createdAt: dateTime('When it began.'),
    seenAt: dateTime('When it was last used, to within minutes.'),
    userAgent: Type.String(),
    isThis: Type.Boolean(),
  },
  { title: 'SessionRow' },
)

export const Link = Type.Object(
  { link: Type.String({ description: 'Opens the desk once; to be handed over by whoever asked for it.' }) },
  { title: 'Link' },
)
