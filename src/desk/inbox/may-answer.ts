import { canWrite } from '../cabinets/scopes.ts'
import type { Role } from '../store/accounts.ts'

export type WhyNot = 'scope' | 'paused' | 'refused' | 'viewer'
type Cabinet = { state: 'active' | 'paused' | 'refused'; scopes: readonly string[] }

/** Why somebody cannot answer the chats of a cabinet; undefined if they can. Whether its market is there is another matter: answers wait. */
export function whyNotAnswer({ state, scopes }: Cabinet, role: Role): WhyNot | undefined {
  if (role === 'viewer') return 'viewer'
  if (state !== 'active') return state
  return canWrite(scopes) ? undefined : 'scope'
}
