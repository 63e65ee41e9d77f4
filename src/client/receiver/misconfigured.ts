import { PrilavokError } from '../errors.ts'

/** The receiver is used in a way in which it cannot do what was asked of it; the message says what to do. */
export class Misconfigured extends PrilavokError {
  override name = 'Misconfigured'
}
