import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#kit'
import { MarketAway } from '../connection/admin-calls.ts'
import type { Texts } from '../texts/index.ts'
import type { ListenSubscription, PingFailure, Subscription } from './subscription.ts'

const lookEveryMs = 2_000

type Say = (line: string) => void

/** Enables a subscription, then says what becomes of it. */
export class SubscriptionWatch {
  readonly #subscription: ListenSubscription
  readonly #say: Say
  readonly #words: Texts['listen']

  constructor(subscription: ListenSubscription, say: Say, { listen }: Pick<Texts, 'listen'>) {
    this.#subscription = subscription
    this.#say = say
    this.#words = listen
  }

  /** Ends by throwing. */
  async run(signal: AbortSignal): Promise<never> {
    await this.#enable(signal)
    return this.#watch(signal)
  }

  /** Has the market ask for PING until the program answers it. Says what is missing, whenever that changes. */
  async #enable(signal: AbortSignal): Promise<void> {
    let said = ''
    for (;;) {
      const failure = await this.#subscription.enable().catch(awayOnly)
      if (failure === undefined) return
      const line = failure instanceof MarketAway ? this.#words.away(failure.why) : describePing(failure, this.#words)
      if (line !== said) this.#say(line)
      said = line
      await pause(lookEveryMs, undefined, { signal })
    }
  }

  /** Says when the subscription is disabled, given up or enabled again, and when the market goes and comes. */
  async #watch(signal: AbortSignal): Promise<never> {
    let seen: Subscription = { ...this.#subscription.taken, state: 'ENABLED' }
    let isAway = false
    for (;;) {
      await pause(lookEveryMs, undefined, { signal })
      const now = await this.#subscription.read().catch(awayOnly)
      if (now instanceof MarketAway) {
        if (!isAway) this.#say(this.#words.away(now.why))
        isAway = true
        continue
      }
      if (isAway) this.#say(this.#words.back)
      isAway = false
      const change =
        describeChange(seen, now, this.#words) ?? describeWait(seen, now, { at: systemClock.now(), words: this.#words })
      if (change) this.#say(change)
      seen = now
    }
  }
}

// No wait of the schedule is longer. A clock of the lab that was moved says nothing of how long it will be.
const longestWaitMs = 70 * 60_000

/** When one that fails is tried again, and how much waits behind it, whenever that has changed. */
export function describeWait(
  before: Subscription,
  now: Subscription,
  { at, words }: { at: Date; words: Texts['listen'] },
): string | undefined {
  if (now.nextAttemptAt === undefined || now.waiting === 0) return undefined
  if (now.nextAttemptAt === before.nextAttemptAt && now.waiting === before.waiting) return undefined
  const leftMs = new Date(now.nextAttemptAt).getTime() - at.getTime()
  const isKnown = leftMs > 0 && leftMs < longestWaitMs
  const seconds = isKnown ? Math.ceil(leftMs / 1000) : undefined
  return words.waits(seconds, now.waiting - 1)
}

const forbidden = new Set([401, 403])

/** What was wrong with the answer to PING. A program that forbids it checks signatures by another secret, as a rule. */
export function describePing({ reason, status }: PingFailure, words: Texts['listen']): string {
  const why = reason === 'HTTP' && status !== undefined ? words.httpStatus(status) : reason
  const line = words.badPing(why)
  return status !== undefined && forbidden.has(status) ? `${line} ${words.otherSecret}` : line
}

/** What is to be told of a subscription that has changed, if anything. */
export function describeChange(before: Subscription, now: Subscription, words: Texts['listen']): string | undefined {
  if (now.state === before.state) return undefined
  const cancelled = words.cancelled(Math.max(now.cancelled - before.cancelled, 0))
  switch (now.state) {
    case 'ENABLED':
      return words.enabled
    case 'DISABLED':
      return words.disabled(cancelled)
    case 'FAILED':
      return words.failed(cancelled)
  }
}

function awayOnly(error: unknown): MarketAway {
  if (error instanceof MarketAway) return error
  throw error
}
