import { request } from 'node:http'
import { type FailureReason, headers } from '#contract'
import { type Clock, systemClock, type Traces, traceparent } from '#kit'
import { Attempt } from './attempt.ts'
import { AttemptFailure, failureOf } from './attempt-failure.ts'
import { type Connect, connectToOneOf, makeDial } from './dial.ts'
import { DialingAgent, type DialRequest } from './dialing-agent.ts'
import { type Exchange, startExchange } from './exchange.ts'
import { type AnswerOutcome, readAnswer } from './read-answer.ts'
import { makePublicResolve, type Resolve, resolveLocally } from './resolve.ts'
import { signNotification } from './sign.ts'
import type { ShopHeader } from './subscription-headers.ts'
import { checkWebhookUrl } from './webhook-url.ts'

/** Where to send; the newest secret first: without one, what is sent is not signed. With headers that the shop wants. */
export type Target = { url: string; secrets: readonly Buffer[]; headers?: readonly ShopHeader[] }
/** What to send; the id is the same in every attempt. The signal ends the attempt at once. */
export type Notice = { id: string; body: string; timeoutMs: number; signal?: AbortSignal }
type Traced = Notice & { trace: string }
export type Sent = { durationMs: number } & (
  | { outcome: 'delivered'; status: number }
  | { outcome: 'refused'; status: number }
  | { outcome: 'failed'; status?: number; failure: FailureReason }
)

/** Makes one attempt to notify a shop. Never rejects. */
export type Send = (target: Target, notice: Notice) => Promise<Sent>

export type OnSent = (notice: Notice, sent: Sent) => void

type SenderOptions = {
  /** Whether private and local addresses, other ports and plain http are allowed. */
  arePrivateAllowed: boolean
  version: string
  clock: Clock
  resolve?: Resolve
  connect?: Connect
  /** Who may have signed the shops' certificates; by default those whom Node trusts. */
  ca?: string
  /** Where traces go; undefined if nobody follows them. */
  traces?: Traces | undefined
  /** Told of every attempt, PING too. */
  onSent?: OnSent | undefined
}

/** Sends notifications to the shops' addresses: checks the address, keeps connections, reads the answer. */
export class Sender {
  readonly #options: SenderOptions
  readonly #kept: DialingAgent
  readonly #fresh: DialingAgent
  readonly #underWay = new Map<Attempt, Promise<unknown>>()
  #isClosed = false

  constructor(options: SenderOptions) {
    const { arePrivateAllowed, connect = connectToOneOf, ca } = options
    const resolve = options.resolve ?? (arePrivateAllowed ? resolveLocally : makePublicResolve())
    const dial = makeDial({ arePrivateAllowed, resolve, connect, ca })
    this.#options = options
    this.#kept = new DialingAgent(dial, { isKeeping: true })
    this.#fresh = new DialingAgent(dial, { isKeeping: false })
  }

  readonly send: Send = async (target, notice) => {
    const { clock } = this.#options
    const beganAt = clock.now().getTime()
    const attempt = new Attempt({ clock, ...notice })
    if (this.#isClosed) attempt.interrupt()
    const trace = traceparent(undefined)
    const work = this.#perform(target, { ...notice, trace }, attempt)
    this.#underWay.set(attempt, work)
    const result = await work
    this.#underWay.delete(attempt)
    const durationMs = Math.min(Math.max(clock.now().getTime() - beganAt, 0), notice.timeoutMs)
    const sent = { durationMs, ...result }
    this.#record(trace, target, sent)
    this.#options.onSent?.(notice, sent)
    return sent
  }

  /** Ends the attempts under way as INTERRUPTED. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const attempt of this.#underWay.keys()) attempt.interrupt()
    await Promise.all(this.#underWay.values())
    this.#kept.destroy()
    this.#fresh.destroy()
  }

  /** Of the address only the host: what follows it may be a secret of the shop. */
  #record(traceparent: string, { url }: Target, sent: Sent): void {
    this.#options.traces?.record({
      ...{ traceparent, name: 'notify', kind: 'client', endedAt: systemClock.now().getTime() },
      ...{ durationMs: sent.durationMs, isError: sent.outcome !== 'delivered' },
      attributes: {
        'http.request.method': 'POST',
        'server.address': URL.canParse(url) ? new URL(url).hostname : '',
        ...(sent.status !== undefined && { 'http.response.status_code': sent.status }),
      },
    })
  }

  async #perform(target: Target, notice: Traced, attempt: Attempt) {
    try {
      if (checkWebhookUrl(target.url, this.#options.arePrivateAllowed) !== undefined)
        throw new AttemptFailure('ADDRESS_NOT_ALLOWED')
      return await attempt.race(this.#exchange(target, notice, attempt))
    } catch (error) {
      const { reason: failure, status } = failureOf(error)
      return { outcome: 'failed', failure, ...(status !== undefined && { status }) } as const
    } finally {
      attempt.release()
    }
  }

  async #exchange(target: Target, notice: Traced, attempt: Attempt): Promise<AnswerOutcome> {
    const ask = (agent: DialingAgent) => this.#post(agent, { target, notice, attempt })
    const first = ask(this.#kept)
    try {
      return await readAnswer(await first.answered)
    } catch (error) {
      if (attempt.signal.aborted || !first.wasStale()) throw error
    }
    return await readAnswer(await ask(this.#fresh).answered)
  }

  #post(
    agent: DialingAgent,
    { target, notice, attempt }: { target: Target; notice: Traced; attempt: Attempt },
  ): Exchange {
    const url = new URL(target.url)
    const dialRequest: DialRequest = {
      url,
      attempt,
      agent,
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: {
        ...Object.fromEntries((target.headers ?? []).map(({ name, value }) => [name, value])),
        host: url.host,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(notice.body),
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': `Prilavok/${this.#options.version}`,
        [headers.traceparent]: notice.trace,
        // The machine's time, since a lab moves the market's: receivers refuse a signature that is five minutes off.
        ...signNotification({ ...notice, at: systemClock.now() }, target.secrets),
      },
    }
    return startExchange(request(dialRequest).end(notice.body), attempt)
  }
}
