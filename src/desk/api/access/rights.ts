import type { Role } from '../shapes/account.ts'

/** What anybody may ask, signed in or not. */
export const openToAll: ReadonlySet<string> = new Set(['readSession', 'signIn', 'signOut'])

const forOwners: ReadonlySet<string> = new Set([
  'checkKey',
  'addCabinet',
  'updateCabinet',
  'removeCabinet',
  'listAccounts',
  'inviteAccount',
  'updateAccount',
  'resetAccount',
])

/** What concerns nobody but the account itself. */
const ofOnesOwn: ReadonlySet<string> = new Set(['endSession', 'setPassword', 'updateMe', 'putPreferences'])

const ranks: Record<Role, number> = { viewer: 0, operator: 1, owner: 2 }

/** Who reads may be anybody; who writes is an operator. */
export function neededRole(operation: string, verb: string): Role {
  if (forOwners.has(operation)) return 'owner'
  return verb === 'GET' || verb === 'HEAD' || ofOnesOwn.has(operation) ? 'viewer' : 'operator'
}

export function may(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed]
}
