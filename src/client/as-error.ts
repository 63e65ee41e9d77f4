import { PrilavokError } from './errors.ts'

/** A signal's reason may be anything. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new PrilavokError('it was aborted')
}
