import { LabBuyers } from './lab/buyers/buyers.ts'
import type { Lab } from './lab/lab.ts'
import type { Market } from './market.ts'

/** What stands around a market that is there to be tried out. The market itself does not know of it. */
export type LabParts = { lab: Lab; labBuyers: LabBuyers }

export function addBuyers(lab: Lab, { sql, bus, clock, log, postbox, files }: Market): LabParts {
  const parts = { sql, bus, clock, log, postbox, files }
  return { lab, labBuyers: new LabBuyers({ ...parts, seed: lab.seed, onChange: lab.changed }) }
}
