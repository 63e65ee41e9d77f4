import { Statement } from './statement.ts'

/** A whole number as a part of the text: the planner knows it, where it would take a parameter for a LIMIT as a tenth of the table. */
export const constant = (value: number) => part(Number.isSafeInteger(value) ? String(value) : 'null')

/** Words of our own as a text[] in the text: by parameters for them, a statement of many parts would be planned anew for each call. */
export function constantWords(words: readonly string[]): Statement<never> {
  const odd = words.find(word => !/^[a-z_]+$/.test(word))
  if (odd !== undefined) throw new TypeError(`${JSON.stringify(odd)} is no word of ours`)
  return part(`'{${words.join()}}'::text[]`)
}

function part(text: string): Statement<never> {
  return new Statement(() => Promise.reject(new TypeError('a constant alone is no statement')), [text], [])
}

// Each text is prepared on each connection: there must be few.
const sizes = [2, 6, 11, 21, 51, 101, 201]

/** How many rows to ask for if so many are wanted: as many, or a few more. */
export function pageSize(wanted: number): number {
  return sizes.find(size => size >= wanted) ?? wanted
}
