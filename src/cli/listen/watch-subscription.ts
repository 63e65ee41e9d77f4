import { setTimeout as pause } from 'node:timers/promises'
import { MarketAway } from '../connection/admin-calls.ts'
import type { Texts } from '../texts/index.ts'
import type { ListenSubscription, Subscription } from './subscription.ts'

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
      const line = failure instanceof MarketAway ? this.#words.away(failure.why) : this.#words.badPing(failure)
      if (line !== said) this.#say(line)
      said = line
      await pause(lookEveryMs, undefined, { signal })
    }
  }

  /** Says when the subscription is disabled, given up or enabled again, and when the market goes and comes. */
  async #watch(signal: AbortSignal): Promise<never> {
    let seen: Subscription = { ...this.#subscription.made, state: 'ENABLED' }
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
      const change = describeChange(seen, now, this.#words)
      if (change) this.#say(change)
      seen = now
    }
  }
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
