import { expect } from 'vitest'
import type { Sql } from '../../src/database/connect.ts'

/** Resolves when so many connections to the database wait for locks of others. */
export async function lockWaiters(sql: Sql, wanted: number): Promise<void> {
  const count = async () => {
    const waiting = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    return waiting.count
  }
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThanOrEqual(wanted)
}
