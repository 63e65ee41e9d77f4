import { type AnswerOf, type OperationName, operations } from '#contract'
import type { ClientClock } from '../clock.ts'
import { type PrilavokError, TimeoutError, WireError } from '../errors.ts'
import type { Connection } from './connection.ts'
import { type Exchange, exchange } from './exchange.ts'
import { connectionErrorOf } from './lost.ts'
import { readAnswer } from './read-answer.ts'
import { refusalOf } from './refusal.ts'
import { buildRequest, type Input } from './request.ts'
import type { AttemptFailure } from './retry.ts'

type Failure = { failure: AttemptFailure; error: PrilavokError; until?: Date | undefined }

/** How one attempt ended; with the response, if there was one. */
export type Outcome<Answer> = ({ answer: Answer } | Failure) & { response?: Response }

export type Means = { connection: Connection; clock: ClientClock; timeoutMs: number }

/** One attempt of an operation. Rejects only with the reason of the signal. */
export async function askOnce<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  { connection, clock, timeoutMs }: Means,
  signal: AbortSignal | undefined,
): Promise<Outcome<AnswerOf<Name>>> {
  const operation = operations[name]
  const request = buildRequest(operation, input, connection)
  const ended = await exchange({ fetch: connection.fetch, ...request, clock, timeoutMs, signal })
  if (ended.kind !== 'answered') return unanswered(name, ended, { connection, timeoutMs })
  const { response } = ended
  if (response.status >= 400) return { ...refusalOf(operation, ended, { ...connection, now: clock.now() }), response }
  const answer = readAnswer(name, ended, input.onUnreadable)
  return answer instanceof WireError ? { failure: 'misfit', error: answer, response } : { answer, response }
}

/** The failure of an attempt that had no answer. */
export function unanswered(
  operation: string,
  ended: Exclude<Exchange, { kind: 'answered' }>,
  { connection, timeoutMs }: Pick<Means, 'connection' | 'timeoutMs'>,
): Failure {
  if (ended.kind === 'timedOut') return { failure: 'timedOut', error: new TimeoutError(operation, timeoutMs) }
  const { apiKey } = connection
  const error = connectionErrorOf(ended.error, { operation, wasAnswered: ended.wasAnswered, apiKey })
  return { failure: error.wasSent === false ? 'unreached' : 'lost', error }
}
