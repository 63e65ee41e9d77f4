import { type AnswerOf, headers, type OperationName, operations } from '#contract'
import { asError } from '../as-error.ts'
import { QuotaWait, SendUnknown, WireError } from '../errors.ts'
import type { CallOptions } from '../types.ts'
import { askOnce, type Means, type Outcome } from './ask.ts'
import type { Budget } from './budget.ts'
import { type Quota, readQuota } from './quota.ts'
import type { Input } from './request.ts'
import { leavesUnknown, rules, waitBefore } from './retry.ts'

/** One attempt of a call, as it ended. */
export type CallReport = {
  /** The published name. */
  operation: string
  /** Of HTTP, if there was an answer. */
  status?: number
  /** The name of the error, if it failed. */
  error?: string
  /** From 1. */
  attempt: number
  durationMs: number
}

export type CallerOptions = Means & {
  businessId: bigint
  budget: Budget
  random: () => number
  onCall?: ((call: CallReport) => void) | undefined
}

type Ask<Answer> = (means: Means, signal: AbortSignal | undefined) => Promise<Outcome<Answer>>
type Calling = CallOptions & { name: string; idempotencyKey?: string | undefined }
/** Whether an attempt that has begun may have done a send. */
type Doubt = { mayBeDone: boolean }
type ResultOf<Name extends OperationName> =
  AnswerOf<Name> extends { result?: infer Result } ? NonNullable<Result> : never

/** Makes calls when the budget lets them, and repeats those that may be repeated. */
export class Caller {
  readonly #options: CallerOptions
  #isKeyHonoured = false

  constructor(options: CallerOptions) {
    this.#options = options
  }

  /** The whole answer. Throws what errors.ts has, or the reason of the signal. */
  call<Name extends OperationName>(name: Name, input: Input<Name>, options: CallOptions = {}): Promise<AnswerOf<Name>> {
    const { idempotencyKey } = input
    return this.repeat({ ...options, name, idempotencyKey }, (means, signal) => askOnce(name, input, means, signal))
  }

  /** Whether the market has announced that a send with a key is done once, however often it comes. */
  get isKeyHonoured(): boolean {
    return this.#isKeyHonoured
  }

  /** What the answer's envelope holds. */
  async result<Name extends OperationName>(
    name: Name,
    input: Input<Name>,
    options?: CallOptions,
  ): Promise<ResultOf<Name>> {
    const answer = await this.call(name, input, options)
    const result: unknown = 'result' in answer ? answer.result : undefined
    if (result !== undefined) return result as ResultOf<Name> // it was decoded as just this
    throw new WireError({ operation: name, status: 200, path: 'result', why: 'is missing' })
  }

  /** Makes attempts until there is an answer, the table of retries allows no more, or the signal is aborted. */
  async repeat<Answer>(calling: Calling, ask: Ask<Answer>): Promise<Answer> {
    const doubt: Doubt = { mayBeDone: false }
    try {
      return await this.#repeat(calling, ask, doubt)
    } catch (error) {
      const { name, idempotencyKey } = calling
      throw doubt.mayBeDone && idempotencyKey ? new SendUnknown(name, asError(error), idempotencyKey) : error
    }
  }

  async #repeat<Answer>(calling: Calling, ask: Ask<Answer>, doubt: Doubt): Promise<Answer> {
    const { name, idempotencyKey, signal } = calling
    const isSend = idempotencyKey !== undefined
    const { urgency = isSend ? 'person' : 'news' } = calling
    const onWait = (end: Date) => tell(() => calling.onWait?.(new QuotaWait(name, end)))
    const { clock, budget, random } = this.#options
    const made = { untilTold: 0, short: 0, growing: 0 }
    let isUnknown = false
    for (let attempt = 1; ; attempt++) {
      const turn = { key: this.#meterOf(name), urgency, signal, onWait }
      const outcome = await budget.run(turn, () => {
        doubt.mayBeDone = true
        return this.#attempt(calling, attempt, ask)
      })
      if ('answer' in outcome) return outcome.answer
      const { failure, error, until } = outcome
      const { attempts, wait } = rules[this.#kindOf(isSend)][failure]
      isUnknown ||= leavesUnknown[failure]
      doubt.mayBeDone = isUnknown
      if (++made[wait] >= attempts) throw error
      if (until) onWait(until)
      const untilMs = until && until.getTime() - clock.now().getTime()
      await clock.wait(waitBefore(wait, { made: made[wait], untilMs, random }), signal)
    }
  }

  /** What the market last said of each operation's hour. */
  limits(): Map<string, Quota> {
    const told = Object.keys(operations).map(name => [name, this.#options.budget.quotaOf(this.#meterOf(name))] as const)
    return new Map(told.flatMap(([name, quota]) => (quota ? [[name, { ...quota }]] : [])))
  }

  #kindOf(isSend: boolean) {
    if (!isSend) return 'read'
    return this.#isKeyHonoured ? 'keyedSend' : 'send'
  }

  #meterOf(name: string): string {
    const { connection, businessId } = this.#options
    return `${connection.root} ${businessId} ${name}`
  }

  async #attempt<Answer>({ name, signal }: Calling, attempt: number, ask: Ask<Answer>): Promise<Outcome<Answer>> {
    const { clock, onCall } = this.#options
    const began = clock.now().getTime()
    const outcome = await ask(this.#options, signal)
    this.#listen(name, outcome.response)
    if (onCall) {
      const status = outcome.response && { status: outcome.response.status }
      const failed = 'error' in outcome && { error: outcome.error.name }
      const durationMs = clock.now().getTime() - began
      tell(() => onCall({ operation: name, ...status, ...failed, attempt, durationMs }))
    }
    return outcome
  }

  #listen(name: string, response: Response | undefined): void {
    // A file may be on another server, whose headers say nothing about the market.
    if (response === undefined || !Object.hasOwn(operations, name)) return
    const { budget, clock } = this.#options
    const quota = readQuota(response.headers, clock.now())
    if (quota) budget.tell(this.#meterOf(name), quota)
    if (response.headers.has(headers.idempotencyAnnounced)) this.#isKeyHonoured = true
  }
}

/** An error of a listener must not fail the call, which may have been done. */
function tell(listener: () => unknown): void {
  Promise.resolve()
    .then(listener)
    .catch(error => console.error('A listener of the client failed:', error))
}
