/**
 * Something a person can mend: what is wrong, which one, and what to do, in one line.
 * The command line prints the message alone (never a stack) and exits with 1.
 */
export class Problem extends Error {
  override name = 'Problem'
}
