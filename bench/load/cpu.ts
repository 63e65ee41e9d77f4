import { readdirSync, readFileSync } from 'node:fs'

type Process = { pid: number; parent: number; cpuMs: number }

// What /proc counts in; the same on every Linux.
const ticksPerSecond = 100

/**
 * Milliseconds of processor time that a process has taken since its start, with its children, those that have ended too.
 * Undefined where there is no /proc (anywhere but on Linux).
 */
export function cpuMsOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  return sumOfTree(listProcesses(), pid)
}

function listProcesses(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => findStat(name) ?? [])
}

function findStat(pid: string): Process | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined // it has ended since it was listed
  }
}

/** Of proc_pid_stat(5). The name in parentheses may hold anything, parentheses too. */
export function parseStat(text: string): Process {
  const [, parent, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // utime, stime, and the same of children that have ended and were waited for: the 14th field to the 17th.
  const ticks = fields.slice(9, 13).reduce((sum, field) => sum + Number(field), 0)
  return { pid: Number.parseInt(text, 10), parent: Number(parent), cpuMs: (ticks * 1000) / ticksPerSecond }
}

export function sumOfTree(processes: readonly Process[], pid: number): number {
  const own = processes.find(each => each.pid === pid)?.cpuMs ?? 0
  const children = processes.filter(each => each.parent === pid)
  return children.reduce((sum, child) => sum + sumOfTree(processes, child.pid), own)
}

/** The process that started this one. */
export function parentOf(pid: number): number | undefined {
  return process.platform === 'linux' ? findStat(String(pid))?.parent : undefined
}
