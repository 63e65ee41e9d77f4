import type { Account, Cabinet, Preferences } from '#desk-protocol'

type Known = { cabinets: readonly Cabinet[]; accounts: readonly Account[]; preferences: Preferences }

/** What a desk is set up by, and whether that is done: told by what the server has. The second is undefined before there is a cabinet. */
export type Step = { name: 'connect' | 'mirror' | 'invite' | 'hours'; isDone: boolean; cabinet?: Cabinet }

export function stepsOf({ cabinets, accounts, preferences }: Known): Step[] {
  const reading = cabinets.find(({ freshness }) => !freshness.isMirrored)
  const [first] = cabinets
  const cabinet = reading ?? first
  return [
    { name: 'connect', isDone: cabinets.length > 0 },
    { name: 'mirror', isDone: cabinets.length > 0 && !reading, ...(cabinet && { cabinet }) },
    { name: 'invite', isDone: accounts.length > 1 },
    { name: 'hours', isDone: preferences.quietFrom !== undefined },
  ]
}
