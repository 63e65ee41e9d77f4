import type { Endpoint, NeedsOf } from '#serving'
import { createLabBuyer, deleteLabBuyer, listLabBuyers, listPersonas } from './buyer-endpoints.ts'
import { advanceClock, getClock } from './clock-endpoints.ts'
import { readCoverage, resetCoverage } from './coverage-endpoints.ts'
import { createFault, deleteFault, deleteFaults, listFaults } from './fault-endpoints.ts'
import { listScenarios, playScenario } from './scenario-endpoints.ts'
import { deleteSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from './snapshot-endpoints.ts'
import { exportState, importState } from './state-endpoints.ts'

/** Every operation of the lab API. */
export const labEndpoints = [
  listPersonas,
  createLabBuyer,
  listLabBuyers,
  deleteLabBuyer,
  listScenarios,
  playScenario,
  createFault,
  listFaults,
  deleteFault,
  deleteFaults,
  getClock,
  advanceClock,
  listSnapshots,
  takeSnapshot,
  restoreSnapshot,
  deleteSnapshot,
  readCoverage,
  resetCoverage,
  exportState,
  importState,
] as const satisfies readonly Endpoint<never, unknown>[]

export type LabNeeds = NeedsOf<typeof labEndpoints>
