import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { codeOf } from './error-code.ts'

/** Whether a process with this id runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  return hasProcess(pid) && statOf(pid)?.state !== 'Z'
}

/**
 * Tells a process from an earlier or later one with the same id: the boot and the moment it started.
 * Undefined if the system does not say.
 */
export function processMark(pid: number): string | undefined {
  const startedAt = statOf(pid)?.startedAt
  if (startedAt !== undefined) return `${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()}/${startedAt}`
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return asked.status === 0 ? asked.stdout.trim().replaceAll(/\s+/g, '-') : undefined
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return codeOf(error) === 'EPERM'
  }
}

function statOf(pid: number): { state: string | undefined; startedAt: string | undefined } | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fromThird[0], startedAt: fromThird[19] }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // No /proc on this system, or the process has just gone: both mean that there is nothing to know.
    return undefined
  }
}
