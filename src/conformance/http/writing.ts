import { headers as names, type Operation, type OperationName, operations } from '#contract'
import type { Call } from './call.ts'

/** Whether an operation changes anything: those that a read-only key does not open. */
export function isWriting(name: OperationName): boolean {
  const { scopes }: Operation = operations[name]
  return !scopes.some(scope => scope.endsWith(':read-only'))
}

const writing: Operation[] = Object.values(operations).filter(({ name }) => isWriting(name))

const plain = (path: string) =>
  path
    .toLowerCase()
    .replace(/\.json$/, '')
    .replace(/\/+$/, '')
    .replace(/^.*\/businesses\/[^/]*/, '')

/**
 * Whether a request might change something at the server: a writing operation under any form of its path, or, with
 * credentials, a verb that is not for reading. Without credentials nothing can be changed by a verb.
 */
export function mightWrite({ verb, path, headers }: Call): boolean {
  const own = plain(path)
  if (verb === 'POST') return writing.some(operation => own.endsWith(plain(operation.path)))
  const hasCredentials = names.apiKey in headers || names.authorization in headers
  return !['GET', 'HEAD', 'OPTIONS'].includes(verb) && hasCredentials
}
