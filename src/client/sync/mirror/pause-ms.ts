const firstPauseMs = 1_000
export const longestPauseMs = 60_000

/** The pause after so many failures in a row, in ms. */
export function pauseMs(failures: number, maxMs: number): number {
  return Math.min(firstPauseMs * 2 ** Math.max(failures - 1, 0), maxMs)
}
