import { spawnSync } from 'node:child_process'
import { closeSync, constants, lstatSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { codeOf, Problem } from '#kit'

const patienceMs = 5000

/**
 * Opens the pipe that all processes of a PostgreSQL inherit: whether one of them still lives, also in another container of
 * this machine, is known by the kernel alone. Undefined where there can be no pipe, as on some network volumes.
 */
export function openFifo(folder: string): number | undefined {
  const path = fifoIn(folder)
  if (!isFifo(path)) {
    rmSync(path, { force: true })
    spawnSync('mkfifo', ['-m', '600', path])
    if (!isFifo(path)) return undefined
  }
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

/** Whether a process of an earlier PostgreSQL lives: to write to a pipe that nobody reads is refused. */
export function isServed(folder: string): boolean {
  const path = fifoIn(folder)
  if (!isFifo(path)) return false
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK))
    return true
  } catch (error) {
    // Nobody reads, or it has just been removed.
    if (['ENXIO', 'ENOENT'].includes(codeOf(error) ?? '')) return false
    throw error
  }
}

/** Throws a Problem if processes of an earlier PostgreSQL do not end by themselves. */
export async function requireUnserved(folder: string): Promise<void> {
  const until = performance.now() + patienceMs
  while (isServed(folder)) {
    if (performance.now() > until)
      throw new Problem(
        `A PostgreSQL of an earlier run still works on ${folder}, perhaps in another container: end it, then start again`,
        { kind: 'stillServed', facts: { folder } },
      )
    await after(10)
  }
}

export function removeFifo(folder: string): void {
  if (!isServed(folder)) rmSync(fifoIn(folder), { force: true })
}

function fifoIn(folder: string): string {
  return join(folder, 'postgres.fifo')
}

function isFifo(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}
