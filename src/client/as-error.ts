import { PrilavokError } from './errors.ts'

/** The thrown value as an Error: a signal's reason may be anything. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new PrilavokError('it was aborted')
}
