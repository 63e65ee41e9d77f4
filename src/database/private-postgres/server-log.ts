import { chownSync, closeSync, openSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'

export const fullDisk = 'the disk is full'
const enoughBytes = 10_000_000
const enoughToStartBytes = 1_000_000

/** PostgreSQL's own log, for a person to read. */
export type ServerLog = {
  path: string
  fd: number
  /** From here on it is the log of another run. */
  begin(): void
  /** The line of this run that says what went wrong. */
  complaint(): string
  close(): void
}

export function openLog(folder: string, account: Account): ServerLog {
  const path = join(folder, 'postgres.log')
  const earlier = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let from = earlier > enoughBytes ? 0 : earlier
  const fd = openSync(path, from === 0 ? 'w' : 'a', 0o600)
  chownSync(path, account.uid, account.gid)
  return {
    path,
    fd,
    begin() {
      from = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    },
    complaint: () =>
      findComplaint(readFileSync(path).subarray(from).toString()) ?? (isFull(folder) ? fullDisk : 'it said nothing'),
    close: () => closeSync(fd),
  }
}

/** The first error is the reason; later lines only follow from it ("removing contents of data directory"). */
export function findComplaint(log: string): string | undefined {
  if (/No space left on device|Check free disk space/.test(log)) return fullDisk
  const lines = log.split('\n').filter(line => line.trim() !== '')
  const line = lines.find(text => /\b(error|fatal|panic):/i.test(text)) ?? lines.at(-1)
  return line?.replace(/^.*?\b(?:FATAL|PANIC|error): +/, '')
}

function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < enoughToStartBytes
}
