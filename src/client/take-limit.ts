import { InvalidInput } from './errors.ts'

/** The size of a page; the largest there is, if none is asked for. Throws InvalidInput. */
export function takeLimit(limit: number | undefined, most: number): number {
  if (limit === undefined) return most
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= most) return limit
  throw new InvalidInput(`limit must be a whole number from 1 to ${most}`)
}
