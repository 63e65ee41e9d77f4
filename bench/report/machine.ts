import { cpus, loadavg, totalmem } from 'node:os'

export function printMachine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}, ${process.platform}`
}

/** Processes that ran or waited to run in the last minute, on average. */
export const loadAverage = (): number => loadavg()[0] ?? 0

/** What stands above all figures. A machine that works for others, too, is said to. */
export function printPreface(load: number): string {
  const isBusy = load > cpus().length / 4
  return [
    printMachine(),
    'Rates and times are medians of several rounds, in turn with what they are held against.',
    'ms: what an answer took; µs: processor time for each answer.',
    ...(isBusy
      ? [
          `The machine is busy (load average ${load.toFixed(1)}): ratios are rough, and the longest ms are not ours alone.`,
        ]
      : []),
  ].join('\n')
}
