import type { Cpu } from './load/run-load.ts'
import { makeRow, type Row } from './row.ts'

const parts = [
  { of: 'server', word: 'server' },
  { of: 'database', word: 'database' },
  { of: 'generator', word: 'load generator' },
] as const

/** Processor time for each answer, and each part's share of it; nothing where it cannot be read. */
export function cpuRows(name: string, cpu: Cpu | undefined): Row[] {
  if (!cpu) return []
  const reference = cpu.server + cpu.database + cpu.generator
  return parts.map(({ of, word }) =>
    makeRow({
      name: `${name}, CPU of the ${word}`,
      value: cpu[of],
      unit: 'µs',
      against: 'CPU of all three',
      reference,
    }),
  )
}
