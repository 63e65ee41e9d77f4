import { LabBuyers } from './lab/buyers/buyers.ts'
import type { Lab } from './lab/lab.ts'
import type { Market } from './market.ts'

/** The lab and its buyers, around a market that does not know of them. */
export type LabParts = { lab: Lab; labBuyers: LabBuyers }

export function addBuyers(lab: Lab, { sql, bus, clock, log, postbox, files }: Market): LabParts {
  const parts = { sql, bus, clock, log, postbox, files }
  return { lab, labBuyers: new LabBuyers({ ...parts, seed: lab.seed, onChange: lab.changed }) }
}
