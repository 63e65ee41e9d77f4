import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { isAlive, Problem } from '#kit'
import { findPostmasterFile } from './postmaster-file.ts'
import { removeLeftSocketFolder } from './socket-folder.ts'

const politeMs = 5000
const patienceMs = 20_000

/** Ends the PostgreSQL of a process of ours that was killed. The caller holds the folder's lock. */
export async function stopOrphan(cluster: string): Promise<void> {
  const left = findPostmasterFile(cluster)
  if (!left) return
  if (isAlive(left.pid) && servesCluster(left.pid, cluster)) await stop(left.pid, cluster)
  removeLeftSocketFolder(left.socketDir)
}

async function stop(pid: number, cluster: string): Promise<void> {
  process.kill(pid, 'SIGINT')
  if (await isGoneWithin(pid, politeMs)) return
  // Ends at once without a checkpoint; what was committed is in the write-ahead log.
  process.kill(pid, 'SIGQUIT')
  if (await isGoneWithin(pid, patienceMs)) return
  throw new Problem(`A PostgreSQL of an earlier run (process ${pid}) holds ${cluster} and does not stop: end it`, {
    kind: 'postgresOrphan',
    facts: { pid, folder: cluster },
  })
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  while (isAlive(pid)) {
    if (performance.now() > until) return false
    await setTimeout(10)
  }
  return true
}

/** The id may be another program's by now. PostgreSQL's working folder is its cluster. */
function servesCluster(pid: number, cluster: string): boolean {
  if (!existsSync('/proc/self/cwd')) return commandOf(pid).includes(`-D ${cluster} `)
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === cluster
    )
  } catch {
    // It has just ended, or it is another user's and so not ours.
    return false
  }
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
}
