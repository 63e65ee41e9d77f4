import {
  type AnswerOf,
  decodeAnswer,
  type Issue,
  type OperationName,
  type Operations,
  operations,
  parseJson,
} from '#contract'
import { WireError } from '../errors.ts'
import type { Read } from './read-body.ts'

type Answered = { response: Response; read: Read }

/** The answer of this operation, or what of it does not fit the contract. */
export function readAnswer<Name extends OperationName>(
  operation: Name,
  { response, read }: Answered,
): AnswerOf<Name> | WireError {
  const { status } = response
  const misfit = (path: string, why: string) => new WireError({ operation, status, path, why })
  // A browser shows a redirect with status 0.
  if (status < 200 || status >= 300) return misfit('', 'is a redirect, or no answer; redirects are not followed')
  if (!read.ok) return misfit('', read.why)
  const parsed = parseJson(read.text)
  if (!parsed.ok) return misfit('', `is no JSON (${parsed.why})`)
  const { response: schema }: { response: Operations[Name]['response'] } = operations[operation]
  const decoded = decodeAnswer(schema, parsed.value)
  if (!decoded.ok) return misfit(decoded.issues[0]?.at ?? '', whys[decoded.issues[0]?.rule ?? 'kind'] ?? whys.kind)
  if ('status' in decoded.value && decoded.value.status === 'ERROR') return misfit('status', 'says that it failed')
  return decoded.value
}

const whys: Partial<Record<Issue['rule'], string>> & { kind: string } = {
  missing: 'is missing',
  null: 'is null',
  kind: 'is of another kind',
}
