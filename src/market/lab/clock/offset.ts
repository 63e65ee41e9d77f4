import type { Queries } from '#database'
import { findSetting, saveSetting } from '../../store/settings.ts'

const name = 'lab clock offset'

/** How far the clock had been moved, in milliseconds: kept in the database, so that a restart does not turn time back. */
export async function readOffset(sql: Queries): Promise<number> {
  return Number((await findSetting(sql, name)) ?? 0)
}

export function keepOffset(sql: Queries, offsetMs: number): Promise<void> {
  return saveSetting(sql, name, `${offsetMs}`)
}
