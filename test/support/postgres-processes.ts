/** The processes of a private PostgreSQL, for tests to kill and mistake. */
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { whenOver } from './run-context.ts'

/** Starts PostgreSQL from a process of its own, which keeps the note and is killed; PostgreSQL itself lives on. */
export async function killHolder(dataDir: string, note: string): Promise<{ pid: number; socketDir: string }> {
  const holder = fork(join(import.meta.dirname, 'hold-postgres.ts'), [dataDir, note])
  await once(holder, 'message')
  const { pid, socketDir } = readPostmaster(dataDir)
  await kill(holder)
  whenOver(() => {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  })
  return { pid, socketDir }
}

/** A program that has nothing to do with PostgreSQL but runs as its user. */
export function spawnStranger(dataDir: string): { pid: number; hasEnded(): boolean } {
  const { uid, gid } = statSync(join(dataDir, 'cluster'))
  const child = spawn('/bin/sh', ['-c', 'read _'], { uid, gid, stdio: ['pipe', 'ignore', 'ignore'] })
  whenOver(() => kill(child))
  return { pid: child.pid ?? 0, hasEnded: () => child.exitCode !== null || child.signalCode !== null }
}

/** As if PostgreSQL had died and the system had given its id to another process. */
export function passPidOn(dataDir: string, pid: number): void {
  const rest = readFileSync(postmasterFile(dataDir), 'utf8').split('\n').slice(1)
  writeFileSync(postmasterFile(dataDir), [pid, ...rest].join('\n'))
}

export function readPostmaster(dataDir: string): { pid: number; socketDir: string; isReady: boolean } {
  const [pid, , , , socketDir = '', , , status = ''] = readFileSync(postmasterFile(dataDir), 'utf8').split('\n')
  return { pid: Number(pid), socketDir, isReady: status.trim() === 'ready' }
}

export function readProcessGroup(pid: number): number {
  return Number(findProcess(pid)?.group)
}

export function readParent(pid: number): number {
  return Number(findProcess(pid)?.parent)
}

/** A zombie does not count: in a container nobody may be there to bury it. */
export function isRunning(pid: number): boolean {
  const found = findProcess(pid)
  return found !== undefined && !found.state.startsWith('Z')
}

/** From /proc, and where there is none from ps, which every macOS has. */
function findProcess(pid: number): { state: string; parent: string; group: string } | undefined {
  const isLinux = process.platform === 'linux'
  const [state, parent, group] = isLinux ? readStat(pid) : askPs(pid)
  return state && parent && group ? { state, parent, group } : undefined
}

/** What follows the name: state, parent, group, … */
function readStat(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return [] // it has gone
  }
}

function askPs(pid: number): string[] {
  const told = spawnSync('ps', ['-o', 'stat=,ppid=,pgid=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  return told.trim().split(/ +/)
}

function postmasterFile(dataDir: string): string {
  return join(dataDir, 'cluster', 'postmaster.pid')
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
