import { randomUUID } from 'node:crypto'
import { linkSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, isAlive, Problem, processMark } from '#kit'
import { readIfThere } from './read-if-there.ts'

export type FolderLock = { release(): void }

/**
 * Makes this process the only user of a folder, by the file `lock` in it. A lock whose process is gone is taken over.
 * Throws a Problem when a live process has the folder.
 */
export function lockFolder(folder: string): FolderLock {
  const lock = join(folder, 'lock')
  const ours = `${process.pid} ${processMark(process.pid) ?? ''}\n`
  acquire(lock, ours, folder)
  return { release: () => release(lock, ours) }
}

function acquire(lock: string, ours: string, folder: string): void {
  while (!tryCreate(lock, ours)) {
    const theirs = readIfThere(lock)
    if (theirs === undefined) continue
    const owner = liveOwner(theirs)
    if (owner !== undefined) {
      throw new Problem(`${folder} is in use by process ${owner}: stop that process, or give another folder`, {
        kind: 'folderInUse',
        facts: { folder, pid: owner },
      })
    }
    removeStale(lock, theirs, ours, folder)
  }
}

/** Removes a lock under a second lock: else the slower of two starting processes would remove the lock of the faster one. */
function removeStale(lock: string, stale: string, ours: string, folder: string): void {
  const removal = `${lock}.removal`
  acquire(removal, ours, folder)
  try {
    if (readIfThere(lock) === stale) unlinkSync(lock)
  } finally {
    release(removal, ours)
  }
}

function release(lock: string, ours: string): void {
  if (readIfThere(lock) === ours) unlinkSync(lock)
}

/** A link appears with its text already in it; a file made with 'wx' would be empty for a moment. */
function tryCreate(lock: string, text: string): boolean {
  const draft = `${lock}.${randomUUID()}`
  writeFileSync(draft, text, { flag: 'wx' })
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

function liveOwner(text: string): number | undefined {
  const [id, mark] = text.trim().split(' ')
  const pid = Number(id)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  const markNow = processMark(pid)
  const isSame = !mark || markNow === undefined || mark === markNow
  return isSame ? pid : undefined
}
