import type { Static } from '#contract'
import { Coverage as Declared } from '#market'
import type { AdminCalls } from '../../connection/admin-calls.ts'

export type Coverage = Static<typeof Declared>
export type CoverageCase = Coverage['cases'][number]

/** What the programs at a market with a lab have met so far. */
export function readCoverage(admin: Pick<AdminCalls, 'ask'>): Promise<Coverage> {
  return admin.ask('GET /lab/v1/coverage', Declared)
}
