import { parseInt64 } from '#contract'
import { InvalidInput } from './errors.ts'
import type { IdLike } from './types.ts'

/** An id as a bigint; throws InvalidInput, naming it, for what can be no id. */
export function takeId(id: IdLike, name: string): bigint {
  const taken = readId(id)
  if (taken === undefined || taken < 1n) {
    throw new InvalidInput(`${name} must be an id: a bigint, a safe whole number or its digits, from 1 to 2^63-1`)
  }
  return taken
}

/** Undefined for what can be no id. */
export function readId(id: IdLike): bigint | undefined {
  if (typeof id === 'number') return Number.isSafeInteger(id) ? BigInt(id) : undefined
  return typeof id === 'bigint' || typeof id === 'string' ? parseInt64(`${id}`) : undefined
}
