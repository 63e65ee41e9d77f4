import { ask, start } from '../child.ts'
import { median } from '../row.ts'
import { cpuMsOf } from './cpu.ts'
import type { Load, Loaded } from './http-load.ts'

/** Process ids of who does the work: what they take of the processors is measured with all of their children. */
export type Watched = { server: number; database?: number | undefined }

/** Microseconds of processor time for each answer. */
export type Cpu = { server: number; database: number; generator: number }

/** Where processor time cannot be read, there is none. */
export type Run = Loaded & { cpu: Cpu | undefined }

/** Loads a server from a process of its own. Throws when one request was not answered with 200. */
export async function runLoad(load: Load, watched: Watched): Promise<Run> {
  const child = start('load/http-load.ts')
  const [server, database] = [cpuMsOf(watched.server), databaseMs(watched)]
  const loaded = await ask<Loaded>(child, load)
  if (loaded.refused > 0) throw new Error(`${loaded.refused} of ${loaded.answers} requests were not answered with 200`)
  const usEach = (ms: number) => (ms * 1000) / loaded.answers
  const serverNow = cpuMsOf(watched.server)
  if (server === undefined || serverNow === undefined) return { ...loaded, cpu: undefined }
  return {
    ...loaded,
    cpu: {
      server: usEach(serverNow - server),
      database: usEach(databaseMs(watched) - database),
      generator: usEach(loaded.cpuMs),
    },
  }
}

const databaseMs = ({ database }: Watched): number => (database === undefined ? 0 : (cpuMsOf(database) ?? 0))

export function medianOf(runs: readonly Run[], figure: 'perSecond' | 'p50Ms' | 'p99Ms' | 'bodyBytes'): number {
  return median(runs.map(run => run[figure]))
}

/** Of each part by itself. */
export function medianCpu(runs: readonly Run[]): Cpu | undefined {
  const cpus = runs.flatMap(({ cpu }) => cpu ?? [])
  if (cpus.length === 0) return undefined
  const middle = (of: keyof Cpu) => median(cpus.map(cpu => cpu[of]))
  return { server: middle('server'), database: middle('database'), generator: middle('generator') }
}
