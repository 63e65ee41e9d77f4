import type { Market } from '../market.ts'
import type { LabBuyers } from './buyers.ts'
import type { Lab } from './lab.ts'

/** A market that is there to be tried out. */
export type MarketWithLab = Market & { lab: Lab; labBuyers: LabBuyers }

export function hasLab(market: Market): market is MarketWithLab {
  return market.lab !== undefined && market.labBuyers !== undefined
}
