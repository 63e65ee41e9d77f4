import { Statement } from './statement.ts'

/** A whole number as a part of the text: the planner knows it, where it would take a parameter for a LIMIT as a tenth of the table. */
export function constant(value: number): Statement<never> {
  const refuse = () => Promise.reject(new TypeError('a number alone is no statement'))
  return new Statement(refuse, [Number.isSafeInteger(value) ? String(value) : 'null'], [])
}

// Each text is prepared on each connection: there must be few.
const sizes = [2, 6, 11, 21, 51, 101, 201]

/** How many rows to ask for if so many are wanted: as many, or a few more. */
export function pageSize(wanted: number): number {
  return sizes.find(size => size >= wanted) ?? wanted
}
