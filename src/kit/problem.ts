type Facts = Readonly<Record<string, string | number>>
/** `kind` and `facts` say what the message says, for whoever tells it in another language. */
type ProblemOptions = ErrorOptions & { kind?: string; facts?: Facts }

/**
 * Something a person can mend: what is wrong, which one, and what to do, in one line.
 * The command line prints the message alone (never a stack) and exits with 1.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly kind: string | undefined
  readonly facts: Facts

  constructor(message: string, { kind, facts = {}, ...options }: ProblemOptions = {}) {
    super(message, options)
    this.kind = kind
    this.facts = facts
  }
}
