import { codeOf } from '#kit'

const deadlockDetected = '40P01'
const tries = 5

/**
 * Who was chosen as the victim of a deadlock has done nothing, and does it anew: the other one is let go on. On one PostgreSQL
 * locks are taken in one order; Citus takes some of its own, above all where tables that are on every node are written.
 */
export async function despiteDeadlocks<T>(work: () => Promise<T>, left = tries): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) !== deadlockDetected || left === 1) throw error
    return despiteDeadlocks(work, left - 1)
  }
}
