import type { Sql } from '#database'

/**
 * One step from a plain database to a distributed one. Each is a transaction of its own, and is found to be done in Citus's
 * catalogues alone: who is interrupted goes on where he was.
 */
export type Step = {
  kind: 'copy' | 'distribute' | 'leftover' | 'sequence' | 'function' | 'setting'
  /** Tables, functions with their parameters, or a node. */
  of: readonly string[]
  /** What is moved; nobody writes it meanwhile. */
  bytes: bigint
  run(sql: Sql): Promise<void>
}
