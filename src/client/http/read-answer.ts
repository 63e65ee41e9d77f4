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
import { readId } from '../input.ts'
import type { Read } from './read-body.ts'
import type { Input } from './request.ts'

type Answered = { response: Response; read: Read }

/** The answer of this operation, or what of it does not fit the contract. Rows that do not fit are told and left out, if somebody listens. */
export function readAnswer<Name extends OperationName>(
  operation: Name,
  { response, read }: Answered,
  onUnreadable?: Input['onUnreadable'],
): AnswerOf<Name> | WireError {
  const { status } = response
  const misfit = (path: string, why: string) => new WireError({ operation, status, path, why })
  // A browser shows a redirect with status 0.
  if (status < 200 || status >= 300) return misfit('', 'is a redirect, or no answer; redirects are not followed')
  if (!read.ok) return misfit('', read.why)
  const parsed = parseJson(read.text)
  if (!parsed.ok) return misfit('', `is no JSON (${parsed.why})`)
  const { response: schema }: { response: Operations[Name]['response'] } = operations[operation]
  let decoded = decodeAnswer(schema, parsed.value)
  while (!decoded.ok) {
    const [issue] = decoded.issues
    const error = misfit(issue?.at ?? '', whys[issue?.rule ?? 'kind'] ?? whys.kind)
    const row = onUnreadable && takeRow(parsed.value, issue?.at)
    if (!row) return error
    onUnreadable(error, readId(Object(row.taken).chatId))
    decoded = decodeAnswer(schema, parsed.value)
  }
  if ('status' in decoded.value && decoded.value.status === 'ERROR') return misfit('status', 'says that it failed')
  return decoded.value
}

/** Takes the row of a list at this path out of the answer; undefined if the path leads to none. */
function takeRow(answer: unknown, at = ''): { taken: unknown } | undefined {
  const index = /^result\.chats\[(\d+)\]/.exec(at)?.[1]
  if (index === undefined) return undefined
  const rows: unknown[] = Object(answer).result.chats // the path says that it is there
  return { taken: rows.splice(Number(index), 1)[0] }
}

const whys: Partial<Record<Issue['rule'], string>> & { kind: string } = {
  missing: 'is missing',
  null: 'is null',
  kind: 'is of another kind',
}
