/** The smallest of the values that so large a share of them does not exceed (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const rank = Math.max(Math.ceil(values.length * share), 1)
  return values.toSorted((a, b) => a - b)[rank - 1] ?? Number.NaN
}
