import { STATUS_CODES } from 'node:http'
import { formatSize, type Issue, type Static, Type } from '#contract'
import type { Misfit } from './misfit.ts'

const ProblemError = Type.Object(
  {
    at: Type.String({ description: 'Which parameter, or which field of the body.' }),
    problem: Type.String({ description: 'What is wrong with it.' }),
  },
  { title: 'ProblemError' },
)

/** RFC 9457, with what did not fit in `errors`. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'Always about:blank: the status says what kind of problem it is.' }),
    title: Type.String({ description: 'The status in words.' }),
    status: Type.Integer({ description: 'The status of the answer.' }),
    detail: Type.String({ description: 'What went wrong, which one, and what to do.' }),
    errors: Type.Optional(Type.Array(ProblemError, { description: 'What of the request did not fit.' })),
    retryAfterSeconds: Type.Optional(
      Type.Integer({ description: 'After how many seconds to try again, as the header Retry-After has it.' }),
    ),
  },
  { title: 'ProblemDetails', description: 'A refusal.' },
)
export type ProblemDetails = Static<typeof ProblemDetails>

const maxQuoted = 100

/** What a problem says besides its status and detail; APIs may add members of their own (RFC 9457, 3.2). */
type Members = Pick<ProblemDetails, 'errors' | 'retryAfterSeconds'> & { [member: string]: unknown }

/** A refusal that is answered as problem details: thrown anywhere behind the HTTP edge of an API. */
export class HttpProblem extends Error {
  override name = 'HttpProblem'
  readonly status: number
  readonly more: Members
  constructor(status: number, detail: string, more: Members = {}) {
    super(detail)
    this.status = status
    this.more = more
  }
}

export const problems = {
  misfit: (at: string, problem: string) =>
    new HttpProblem(400, 'The request does not fit: see errors.', { errors: [{ at, problem }] }),
  noToken: (whose: string) => new HttpProblem(401, `Send ${whose} token: "Authorization: Bearer …".`),
  badToken: (whose: string) => new HttpProblem(401, `This is not ${whose} token, or not one any more.`),
  forbidden: (detail: string) => new HttpProblem(403, detail),
  notFound: (detail: string) => new HttpProblem(404, detail),
  conflict: (detail: string) => new HttpProblem(409, detail),
  tooMany: (detail: string, more: Members & { retryAfterSeconds: number }) => new HttpProblem(429, detail, more),
} as const

export function problemBody({ status, message, more }: HttpProblem): ProblemDetails {
  const title = STATUS_CODES[status] ?? 'Refused'
  return { type: 'about:blank', title, status, detail: message, ...more }
}

export function problemOf(misfit: Misfit): HttpProblem {
  switch (misfit.why) {
    case 'too big':
      return new HttpProblem(400, sizeSentence(misfit))
    case 'content type':
      return new HttpProblem(415, `Content type '${misfit.text.slice(0, maxQuoted)}' not supported`)
    case 'content encoding':
      return new HttpProblem(415, `Content encoding '${misfit.text.slice(0, maxQuoted)}' not supported`)
    case 'expectation':
      return new HttpProblem(417, `Expectation '${misfit.text.slice(0, maxQuoted)}' not supported`)
    case 'not supported':
      return new HttpProblem(405, `Request method '${misfit.text}' not supported`)
    case 'broken':
      return new HttpProblem(400, misfit.sentence)
    default:
      return new HttpProblem(400, 'The request does not fit: see errors.', { errors: errorsOf(misfit) })
  }
}

function sizeSentence({ maxBytes, passedBytes }: Extract<Misfit, { why: 'too big' }>): string {
  const [max, passed] = [formatSize(maxBytes), formatSize(passedBytes)]
  return `The request is too big: Maximum allowed request size must be less than ${max}, but passed ${passed}`
}

type FieldMisfit = Extract<Misfit, { why: 'missing' | 'type' | 'unreadable' | 'bounds' | 'issues' }>

function errorsOf(misfit: FieldMisfit): NonNullable<ProblemDetails['errors']> {
  switch (misfit.why) {
    case 'missing':
      return [{ at: misfit.where === 'body' ? 'body' : misfit.name, problem: 'is required' }]
    case 'type':
      return [{ at: misfit.name, problem: 'is not a value that this parameter takes' }]
    case 'unreadable':
      return [{ at: 'body', problem: misfit.sentence }]
    case 'bounds':
    case 'issues':
      return misfit.issues.map(issue => ({ at: issue.at, problem: describe(issue) }))
  }
}

function describe(issue: Issue): string {
  switch (issue.rule) {
    case 'missing':
    case 'null':
      return 'is required'
    case 'kind':
      return issue.among ? `must be one of: ${issue.among.join(', ')}` : 'is not a value that this field takes'
    case 'minimum':
      return `must be ${issue.bound} or more`
    case 'maximum':
      return `must be ${issue.bound} or less`
    case 'length':
      return `must have ${issue.min} to ${issue.max} characters`
    case 'items':
      return `must have ${issue.min} to ${issue.max} items`
    case 'repeated':
      return 'must not have the same item twice'
  }
}
