import type { Sql } from '#database'
import { listHashesInUse } from '../store/messages.ts'
import { hasSnapshots } from '../store/snapshots.ts'
import type { FileStore } from './file-store.ts'

// A file is saved before its message names it, within the minute that a request may take: an hour is never too early.
const orphanAgeMs = 60 * 60_000

type Sweep = { sql: Sql; files: FileStore; now: Date }

/**
 * Removes the files that no message of their business names: of expired test orders, of posts that failed. None while there
 * is a snapshot, which may name them. Returns how many.
 */
export async function sweepFiles({ sql, files, now }: Sweep): Promise<number> {
  if (await hasSnapshots(sql)) return 0
  const before = new Date(now.getTime() - orphanAgeMs)
  let removed = 0
  for await (const { businessId, hashes } of files.listOlder(before)) {
    const inUse = new Set(await listHashesInUse(sql, businessId, hashes))
    for (const hash of hashes) {
      if (!inUse.has(hash) && (await files.removeOlder(businessId, hash, before))) removed++
    }
  }
  return removed
}
