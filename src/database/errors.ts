import pg from 'pg'

/** The database cannot be reached, or was lost before it answered: then nobody can tell what became of the statement. */
class DatabaseAwayError extends Error {
  override name = 'DatabaseAwayError'
}

/** The database is there, and takes no writes: a standby, or one that was made read-only. */
export class NoWritesError extends DatabaseAwayError {
  override name = 'NoWritesError'
}

/** A connection leads to a pooler where a session of one's own is needed. */
export class PooledError extends Error {
  override name = 'PooledError'
}

/** What the server itself did not say is about the line to it; a mistake in a value is neither. */
export function explain(error: unknown): never {
  if (error instanceof pg.DatabaseError || error instanceof DatabaseAwayError) throw error
  if (error instanceof TypeError || error instanceof RangeError) throw error
  throw new DatabaseAwayError(error instanceof Error ? error.message : String(error), { cause: error })
}

const hasCode = (error: unknown, codes: RegExp) => error instanceof pg.DatabaseError && codes.test(error.code ?? '')

/** Whether an error says that a value was not such as the server takes, rather than that something is away or wrong. */
export function isBadData(error: unknown): boolean {
  return hasCode(error, /^(22|23|54)/)
}

/** Whether an error says that a row which another one belongs to is there no more. */
export function isOwnerGone(error: unknown): boolean {
  return hasCode(error, /^23503$/)
}

/** Whether an error says that others were in the way for too long, or in a ring: tried again, the same may pass. */
export function isInTheWay(error: unknown): boolean {
  return hasCode(error, /^(40|55P03)/)
}

/** Whether an error says that a statement was ended because it took too long. */
export function isTooLong(error: unknown): boolean {
  return hasCode(error, /^57014$/)
}

/** Whether an error says that the database cannot be reached, cannot take more or takes no writes, rather than that a query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  return error instanceof DatabaseAwayError || hasCode(error, /^(08|53|57|25006)/)
}
