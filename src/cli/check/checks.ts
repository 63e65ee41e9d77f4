import * as database from './looks/database.ts'
import type { Look } from './looks/look.ts'
import { lookAtAccount, lookAtDisk, lookAtFiles, lookAtOpenFiles } from './looks/machine.ts'
import { lookAtAddress, lookAtMetrics, lookAtWebhooks } from './looks/network.ts'
import { lookAtLimits, lookAtSecret, lookAtTrial } from './looks/secrets.ts'

/** What is looked at before production does, in the order in which it is told. docs/operations.md has a row for each. */
export const checks = {
  database: database.lookAtDatabase,
  version: database.lookAtVersion,
  durability: database.lookAtDurability,
  role: database.lookAtRole,
  encoding: database.lookAtEncoding,
  connections: database.lookAtConnections,
  cache: database.lookAtCache,
  clock: database.lookAtClock,
  databaseTls: database.lookAtDatabaseTls,
  databasePassword: database.lookAtDatabasePassword,
  secret: lookAtSecret,
  trial: lookAtTrial,
  limits: lookAtLimits,
  publicUrl: lookAtAddress,
  webhooks: lookAtWebhooks,
  metrics: lookAtMetrics,
  files: lookAtFiles,
  disk: lookAtDisk,
  openFiles: lookAtOpenFiles,
  account: lookAtAccount,
} satisfies Record<string, Look>

export type CheckName = keyof typeof checks
