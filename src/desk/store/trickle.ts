import type { Queries } from '#database'
import { findSetting, saveSetting } from './settings.ts'

const name = 'trickle'
const [on, off] = ['on', 'off']

/** Whether simulated buyers are to write; they are until somebody says no. */
export async function isTrickleOn(sql: Queries): Promise<boolean> {
  return (await findSetting(sql, name)) !== off
}

export async function saveTrickle(sql: Queries, isOn: boolean): Promise<void> {
  await saveSetting(sql, name, isOn ? on : off)
}
