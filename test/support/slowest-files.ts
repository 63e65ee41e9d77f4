import type { Reporter, TestModule } from 'vitest/node'

/** Five minutes are the bound of `npm test`; what is checked before the tests takes the rest. */
const boundMs = 270_000

/** Says after a run that took longer than it may which files took most. */
export class SlowestFiles implements Reporter {
  #beganAt = 0

  onTestRunStart(): void {
    this.#beganAt = performance.now()
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules.map(module => ({ path: module.relativeModuleId, ms: module.diagnostic().duration }))
    for (const line of slowestOf(files, performance.now() - this.#beganAt)) console.log(line)
  }
}

/** Lines about the ten slowest files; none, if the run was quick enough. */
export function slowestOf(files: readonly { path: string; ms: number }[], tookMs: number): string[] {
  if (tookMs <= boundMs) return []
  const slowest = files.toSorted((a, b) => b.ms - a.ms).slice(0, 10)
  return [
    `The tests took ${seconds(tookMs)} s, and may take ${seconds(boundMs)} s on two processors. The slowest files:`,
    ...slowest.map(({ path, ms }) => `${seconds(ms).padStart(6)} s  ${path}`),
  ]
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
