import { PrilavokError } from '../errors.ts'

/** The receiver is set up so that it cannot do what its options ask for; the message says what to change. */
export class Misconfigured extends PrilavokError {
  override name = 'Misconfigured'
}
