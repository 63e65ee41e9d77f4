type Held<Row> = { rows: readonly Row[]; movedCount: number }

/**
 * The rows of `next` in the places that `shown` has them in: what is gone keeps its place as it was, what has come is at
 * the end if it is at the end. Counts the rows that are in another place, or not there.
 */
export function holdOrder<Row>(shown: readonly Row[], next: readonly Row[], keyOf: (row: Row) => string): Held<Row> {
  const fresh = new Map(next.map(row => [keyOf(row), row]))
  const known = new Set(shown.map(keyOf))
  const kept = shown.map(row => fresh.get(keyOf(row)) ?? row)
  const gone = shown.filter(row => !fresh.has(keyOf(row)))
  const end = tailOf(next, known, keyOf)
  const stillThere = shown.filter(row => fresh.has(keyOf(row))).map(keyOf)
  const inNext = next.map(keyOf)
  const order = inNext.filter(key => known.has(key))
  const misplaced = order.filter((key, index) => stillThere[index] !== key).length
  const inserted = inNext.length - order.length - end.length
  return { rows: [...kept, ...end], movedCount: gone.length + misplaced + inserted }
}

/** What has come after everything that was known, as the next page of a list does. */
function tailOf<Row>(next: readonly Row[], known: ReadonlySet<string>, keyOf: (row: Row) => string): readonly Row[] {
  const last = next.findLastIndex(row => known.has(keyOf(row)))
  return next.slice(last + 1)
}
