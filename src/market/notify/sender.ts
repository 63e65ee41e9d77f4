import { request } from 'node:http'
import { type FailureReason, headers } from '#contract'
import { type Clock, systemClock, traceparent } from '#kit'
import { AttemptFailure, failureOf } from './attempt-failure.ts'
import { type Connect, connectToOneOf, makeDial } from './dial.ts'
import { DialingAgent, type Errand } from './dialing-agent.ts'
import { type Exchange, startExchange } from './exchange.ts'
import { readAnswer, type Verdict } from './read-answer.ts'
import { makePublicResolve, type Resolve, resolveLocally } from './resolve.ts'
import { signNotification } from './sign.ts'
import { Trip } from './trip.ts'
import { checkWebhookUrl } from './webhook-url.ts'

/** Where to send; the newest secret first. */
export type Target = { url: string; secrets: readonly Buffer[] }
/** What to send; the id is the same in every attempt. The signal ends the attempt at once. */
export type Notice = { id: string; body: string; timeoutMs: number; signal?: AbortSignal }
export type Sent = { durationMs: number } & (
  | { outcome: 'delivered'; status: number }
  | { outcome: 'refused'; status: number }
  | { outcome: 'failed'; status?: number; failure: FailureReason }
)

/** Makes one attempt to notify a shop. Never rejects. */
export type Send = (target: Target, notice: Notice) => Promise<Sent>

type SenderOptions = {
  /** Whether private and local addresses, other ports and plain http are allowed. */
  arePrivateAllowed: boolean
  version: string
  clock: Clock
  resolve?: Resolve
  connect?: Connect
  /** Who may have signed the shops' certificates; by default those whom Node trusts. */
  ca?: string
}

/** Speaks to the shops' addresses: one wall, one pool of connections, one judge of answers. */
export class Sender {
  readonly #options: SenderOptions
  readonly #kept: DialingAgent
  readonly #fresh: DialingAgent
  readonly #underWay = new Map<Trip, Promise<unknown>>()
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
    const trip = new Trip({ clock, ...notice })
    if (this.#isClosed) trip.interrupt()
    const work = this.#attempt(target, notice, trip)
    this.#underWay.set(trip, work)
    const result = await work
    this.#underWay.delete(trip)
    const durationMs = Math.min(Math.max(clock.now().getTime() - beganAt, 0), notice.timeoutMs)
    return { durationMs, ...result }
  }

  /** Ends what is under way as interrupted. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const trip of this.#underWay.keys()) trip.interrupt()
    await Promise.all(this.#underWay.values())
    this.#kept.destroy()
    this.#fresh.destroy()
  }

  async #attempt(target: Target, notice: Notice, trip: Trip) {
    try {
      if (checkWebhookUrl(target.url, this.#options.arePrivateAllowed) !== undefined)
        throw new AttemptFailure('ADDRESS_NOT_ALLOWED')
      return await trip.race(this.#exchange(target, notice, trip))
    } catch (error) {
      const { reason: failure, status } = failureOf(error)
      return { outcome: 'failed', failure, ...(status !== undefined && { status }) } as const
    } finally {
      trip.release()
    }
  }

  async #exchange(target: Target, notice: Notice, trip: Trip): Promise<Verdict> {
    const ask = (agent: DialingAgent) => this.#post(agent, { target, notice, trip })
    const first = ask(this.#kept)
    try {
      return await readAnswer(await first.answered)
    } catch (error) {
      if (trip.signal.aborted || !first.wasStale()) throw error
    }
    return await readAnswer(await ask(this.#fresh).answered)
  }

  #post(agent: DialingAgent, { target, notice, trip }: { target: Target; notice: Notice; trip: Trip }): Exchange {
    const url = new URL(target.url)
    const errand: Errand = {
      url,
      trip,
      agent,
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: {
        host: url.host,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(notice.body),
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': `Prilavok/${this.#options.version}`,
        [headers.traceparent]: traceparent(undefined),
        // The machine's time and not the market's, which a lab moves: receivers refuse a signature five minutes off.
        ...signNotification({ ...notice, at: systemClock.now() }, target.secrets),
      },
    }
    return startExchange(request(errand).end(notice.body), trip)
  }
}
