import type { Sql } from '#database'
import { listHashesInUse } from '../store/files.ts'
import type { FileFolder } from './file-folder.ts'

// A file is saved before a row names it, within the minutes that a request or a fetch may take: an hour is never too early.
const orphanAgeMs = 60 * 60_000

export type Sweep = { sql: Sql; folder: FileFolder; cabinetId: bigint; now: Date; signal?: AbortSignal }

/** Removes a cabinet's files that no message, answer and canned reply names. Returns how many. */
export async function sweepFiles({ sql, folder, cabinetId, now, signal }: Sweep): Promise<number> {
  const before = new Date(now.getTime() - orphanAgeMs)
  let removed = 0
  for await (const hashes of folder.listOlder(cabinetId, before)) {
    if (signal?.aborted) break
    const inUse = new Set(await listHashesInUse(sql, cabinetId, hashes))
    for (const hash of hashes) if (!inUse.has(hash) && (await folder.removeOlder(cabinetId, hash, before))) removed++
  }
  return removed
}
