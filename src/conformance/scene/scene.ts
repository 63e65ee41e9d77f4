import type { Things } from './things.ts'

/** What the suite checks: a business by its key, and what was found there. */
export type Scene = {
  token: string
  businessId: bigint
  /** Of the key, as the server spells them; undefined if it does not tell. */
  scopes: readonly string[] | undefined
  things: Partial<Things>
}
