import { setTimeout as pause } from 'node:timers/promises'
import { MarketAway } from '../connection/admin-calls.ts'
import { plural } from './event-lines.ts'
import type { ListenSubscription, Subscription } from './subscription.ts'

const lookEveryMs = 2_000

type Say = (line: string) => void

/** Has the market ask for PING until the program answers it. Says what is missing, whenever that changes. */
export async function enable(subscription: ListenSubscription, say: Say, signal: AbortSignal): Promise<void> {
  let said = ''
  for (;;) {
    const line = await tryToEnable(subscription)
    if (line === undefined) return
    if (line !== said) say(line)
    said = line
    await pause(lookEveryMs, undefined, { signal })
  }
}

async function tryToEnable(subscription: ListenSubscription): Promise<string | undefined> {
  const failure = await subscription.enable().catch(awayOnly)
  if (failure === undefined) return undefined
  if (failure instanceof MarketAway) return describeAway(failure)
  return `PING is not answered as it must be (${failure}), and until it is, nothing is sent. Within 1 s: status 200 and {"version":"…","name":"…","time":"…"}. Asking again every 2 s.`
}

/** Says when the subscription is disabled, given up or enabled again, and when the market goes and comes. Ends by throwing. */
export async function watch(subscription: ListenSubscription, say: Say, signal: AbortSignal): Promise<never> {
  let seen: Subscription = { ...subscription.made, state: 'ENABLED' }
  let isAway = false
  for (;;) {
    await pause(lookEveryMs, undefined, { signal })
    const now = await subscription.read().catch(awayOnly)
    if (now instanceof MarketAway) {
      if (!isAway) say(describeAway(now))
      isAway = true
      continue
    }
    if (isAway) say('The market is back.')
    isAway = false
    const change = describeChange(seen, now)
    if (change) say(change)
    seen = now
  }
}

/** What is to be told of a subscription that has changed, if anything. */
export function describeChange(before: Subscription, now: Subscription): string | undefined {
  if (now.state === before.state) return undefined
  const cancelled = `${plural(Math.max(now.cancelled - before.cancelled, 0), 'waiting notification')} cancelled.`
  switch (now.state) {
    case 'ENABLED':
      return 'The subscription is enabled again.'
    case 'DISABLED':
      return `The subscription was disabled: ${cancelled} Nothing comes until it is enabled again.`
    case 'FAILED':
      return `The market has given up after 14 days without success and disabled the subscription: ${cancelled} Mend the program, then enable it again.`
  }
}

function awayOnly(error: unknown): MarketAway {
  if (error instanceof MarketAway) return error
  throw error
}

function describeAway({ why }: MarketAway): string {
  return `The market does not answer (${why}): looking for it every 2 s.`
}
