import { unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { Problem } from '#kit'
import { LockFile, lastBeatIn } from './lock-file.ts'
import { describeOurselves, isOfThisPlace, isOwnerAlive, type LockOwner, parseOwner } from './lock-owner.ts'
import { readIfThere } from './read-if-there.ts'
import { isServed } from './server-fifo.ts'

export type FolderLock = {
  /** Throws a Problem that says who has taken the folder. */
  requireOurs(): void
  /** Calls when somebody else has taken the folder, who could not see that this process lives. */
  onLost(listener: (lost: Problem) => void): void
  release(): void
}

export type LockOptions = {
  say?: (line: string) => void
  beatMs?: number
  /** How often a lock of another place is looked at, and how many looks without a beat make it stale: 15 s. */
  lookMs?: number
  looks?: number
}

type Trying = Required<LockOptions> & { folder: string; ours: LockOwner }

/**
 * Makes this process the only user of a folder, by the file `lock` in it. A lock of this boot and PID namespace is judged by
 * its process; one of another container or machine by its beats, which are counted and not compared with our clock.
 * Throws a Problem that says who has the folder.
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<FolderLock> {
  const trying = { say: () => {}, beatMs: 3000, lookMs: 250, looks: 60, ...options, folder, ours: describeOurselves() }
  const path = join(folder, 'lock')
  const file = await acquire(path, trying)
  let tell = (_: Problem) => {}
  const loss = () => describeLoss(folder, readIfThere(path))
  const beating = setInterval(() => {
    if (file.isOurs()) return beat(file)
    clearInterval(beating)
    tell(loss())
  }, trying.beatMs).unref()
  return {
    requireOurs() {
      if (!file.isOurs()) throw loss()
    },
    onLost(listener) {
      tell = listener
    },
    release() {
      clearInterval(beating)
      file.release()
    },
  }
}

/** A full disk must not end what still works. Who takes the folder meanwhile is seen at the next beat. */
function beat(file: LockFile): void {
  try {
    file.beat()
  } catch {
    // The next one may pass.
  }
}

async function acquire(path: string, trying: Trying): Promise<LockFile> {
  for (;;) {
    const file = LockFile.tryCreate(path, trying.ours)
    if (file) return file
    const theirs = readIfThere(path)
    if (theirs !== undefined && (await isStale(path, theirs, trying))) await removeStale(path, theirs, trying)
  }
}

/** Throws if its owner lives; false if the lock has gone meanwhile. */
async function isStale(path: string, theirs: string, { folder, say, looks, lookMs }: Trying): Promise<boolean> {
  const owner = parseOwner(theirs)
  if (owner && isOfThisPlace(owner)) {
    if (isOwnerAlive(owner)) throw inUse(folder, owner)
    return true
  }
  if (isServed(folder)) throw inUseElsewhere(folder, theirs)
  say(`${folder} was last used in another container or on another machine: waiting whether its owner still lives`)
  for (let look = 0; look < looks; look++) {
    await after(lookMs)
    const now = readIfThere(path)
    if (now === undefined) return false
    if (now !== theirs) throw inUseElsewhere(folder, now)
  }
  return true
}

/** Removes a lock under a second lock: else the slower of two starting processes would remove the lock of the faster one. */
async function removeStale(path: string, stale: string, trying: Trying): Promise<void> {
  const removal = await acquire(`${path}.removal`, trying)
  try {
    if (readIfThere(path) === stale) unlinkSync(path)
  } finally {
    removal.release()
  }
}

function inUse(folder: string, { pid, host, since }: LockOwner): Problem {
  return new Problem(
    `${folder} is in use by process ${pid} of ${host} since ${since}: stop that process, or give another folder`,
    { kind: 'folderInUse', facts: { folder, pid, host, since } },
  )
}

function inUseElsewhere(folder: string, theirs: string): Problem {
  const { pid, host, since } = parseOwner(theirs) ?? { pid: '?', host: '?', since: '?' }
  const beatAt = lastBeatIn(theirs)
  return new Problem(
    `${folder} is in use in another container or on another machine, by process ${pid} of ${host} since ${since}, its last sign of life ${beatAt}: stop it there, or give another folder`,
    { kind: 'folderInUseElsewhere', facts: { folder, pid, host, since, beatAt } },
  )
}

function describeLoss(folder: string, theirs: string | undefined): Problem {
  const { pid, host } = parseOwner(theirs ?? '') ?? { pid: '?', host: '?' }
  return new Problem(
    `${folder} was taken over by process ${pid} of ${host} while this one gave no sign of life: it ends, and writes no more`,
    { kind: 'folderLost', facts: { folder, pid, host } },
  )
}
