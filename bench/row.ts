/** One line of a bench: a figure, what it is held against, and their ratio. Only ratios of one run on one machine mean something. */
export type Row = { name: string; value: number; unit: string; against: string; reference: number; ratio: number }

export function makeRow(row: Omit<Row, 'ratio'>): Row {
  return { ...row, ratio: row.value / row.reference }
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
