import type { Check } from './check.ts'

/** For checks that compare two answers: between them somebody may have written. Two differences in a row are one. */
export function twiceIfItDiffers(run: Check['run']): Check['run'] {
  return async probe => {
    const differences = await run(probe)
    return differences.length === 0 ? differences : run(probe)
  }
}
