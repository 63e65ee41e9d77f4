import { execFileSync } from 'node:child_process'
import { makeRow, type Row } from './row.ts'
import type { Stage } from './stage.ts'

/** Resident memory of the market's process as the benches before have left it, against Node.js with nothing in it. */
export async function memoryBench(stage: Stage): Promise<Row[]> {
  const bare =
    Number(execFileSync(process.execPath, ['-p', 'process.memoryUsage.rss()'], { encoding: 'utf8' })) / 1024 / 1024
  const value = await stage.residentMegabytes()
  return [makeRow({ name: 'resident memory', value, unit: 'MB', against: 'bare Node.js', reference: bare })]
}
