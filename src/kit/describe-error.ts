export type ErrorFacts = {
  name: string
  message?: string
  code?: string
  table?: string
  constraint?: string
  stack?: string
  cause?: ErrorFacts
}

const maxCauses = 5
const harmlessFields = ['code', 'table', 'constraint'] as const
/** SQLSTATE classes 22 (data) and 23 (integrity): PostgreSQL quotes values in their messages. */
const quotesValues = /^2[23][0-9A-Z]{3}$/

/** What a log may tell of an error. PostgreSQL puts rows and parameters, a buyer's words among them, into its other fields. */
export function describeError(error: unknown, causesLeft = maxCauses): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error }
  const known = textsOf(error)
  const message = quotesValues.test(known.code ?? '') ? Object.values(known).join(', ') : error.message
  const cause = error.cause instanceof Error && causesLeft > 0 ? describeError(error.cause, causesLeft - 1) : undefined
  return { name: error.name, message, ...known, stack: stackWith(error, message), ...(cause && { cause }) }
}

function textsOf(error: Error): Pick<ErrorFacts, (typeof harmlessFields)[number]> {
  const texts: Pick<ErrorFacts, (typeof harmlessFields)[number]> = {}
  for (const field of harmlessFields) {
    const value: unknown = Reflect.get(error, field)
    if (typeof value === 'string') texts[field] = value
  }
  return texts
}

/** A stack opens with the message that its error was made with: without that one it may quote anything. */
function stackWith(error: Error, message: string): string {
  const stack = error.stack ?? ''
  const begin = error.message === '' ? stack.indexOf('\n    at ') : stack.indexOf(error.message)
  const frames = begin < 0 ? '' : stack.slice(begin + error.message.length)
  return `${error.name}: ${message}${frames}`
}
