import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from './lock/read-if-there.ts'

/** What a running PostgreSQL, or one that was killed, has written into its cluster. */
export type PostmasterFile = { pid: number; socketDir: string; isReady: boolean }

export function findPostmasterFile(cluster: string): PostmasterFile | undefined {
  const lines = readIfThere(fileIn(cluster))?.split('\n')
  if (!lines) return undefined
  return { pid: Number(lines[0]), socketDir: lines[4] ?? '', isReady: /^(ready|standby)$/.test(lines[7]?.trim() ?? '') }
}

/**
 * Lets PostgreSQL start on a cluster whose PostgreSQL was killed. Call only when none runs on it. PostgreSQL does not start
 * while any process has the id in its file, unless that is its own parent: so our id is written there. The file must stay:
 * by the shared memory that it names, PostgreSQL finds processes of the earlier one that still write.
 */
export function declareStale(cluster: string): void {
  const file = fileIn(cluster)
  const lines = readIfThere(file)?.split('\n')
  if (lines) writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'))
}

function fileIn(cluster: string): string {
  return join(cluster, 'postmaster.pid')
}
