const keptMs = 10 * 24 * 60 * 60_000

/** Requests stay in the query log for ten days. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - keptMs)
}
