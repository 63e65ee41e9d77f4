import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive, processMark, systemClock } from '#kit'

/** Who holds a folder, as its lock says it. */
export type LockOwner = {
  pid: number
  /** Tells the process from another one with the same id. */
  mark: string
  /** Where the id means something: the boot and the PID namespace. */
  place: string
  host: string
  /** When it was taken, by the owner's clock: for people to read. */
  since: string
  /** Tells this lock from any other, also of the same process. */
  id: string
}

export function describeOurselves(): LockOwner {
  const { pid } = process
  const since = systemClock.now().toISOString()
  return { pid, mark: processMark(pid) ?? '', place: ownPlace(), host: hostname(), since, id: randomUUID() }
}

/** Undefined for a text that says nothing: a power cut may have emptied the file. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    const said: Partial<LockOwner> | null = JSON.parse(text.split('\n')[0] ?? '')
    const { pid = 0, mark = '', place = '', host = '', since = '', id = '' } = said ?? {}
    return Number.isInteger(pid) && pid > 0 ? { pid, mark, place, host, since, id } : undefined
  } catch {
    return undefined
  }
}

/** Whether its process id can be looked up here. */
export function isOfThisPlace({ place }: LockOwner): boolean {
  return place === ownPlace()
}

/** Only for an owner of this place: elsewhere its id belongs to others. */
export function isOwnerAlive({ pid, mark }: LockOwner): boolean {
  if (!isAlive(pid)) return false
  const markNow = processMark(pid)
  return mark === '' || markNow === undefined || mark === markNow
}

/** Without /proc there are no PID namespaces either, and the host stands for the boot. */
function ownPlace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}
