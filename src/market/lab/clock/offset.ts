import type { Queries } from '#database'
import { findSetting, saveSetting } from '../../store/directory/settings.ts'

const name = 'lab clock offset'

/** How far the clock was moved, in milliseconds. Kept in the database, so that time does not go back at a restart. */
export async function readOffset(sql: Queries): Promise<number> {
  return Number((await findSetting(sql, name)) ?? 0)
}

export function keepOffset(sql: Queries, offsetMs: number): Promise<void> {
  return saveSetting(sql, name, `${offsetMs}`)
}
