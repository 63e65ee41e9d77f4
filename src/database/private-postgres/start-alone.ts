import { closeSync } from 'node:fs'
import type { FolderLock } from './lock/folder-lock.ts'
import { openFifo, requireUnserved } from './lock/server-fifo.ts'
import { declareStale } from './postmaster-file.ts'
import { type Server, type ServerPlan, startServer } from './server.ts'

type Alone = { folder: string; lock: FolderLock; signal: AbortSignal | undefined }

/** Starts PostgreSQL when no other serves its folder any more, here or in another container of this machine. */
export async function startAlone(
  plan: Omit<ServerPlan, 'inherited'>,
  { folder, lock, signal }: Alone,
): Promise<Server> {
  await requireUnserved(folder)
  lock.requireOurs()
  declareStale(plan.cluster)
  const fifo = openFifo(folder)
  try {
    return await startServer({ ...plan, inherited: fifo === undefined ? [] : [fifo] }, signal)
  } finally {
    if (fifo !== undefined) closeSync(fifo)
  }
}
