import { setTimeout as after } from 'node:timers/promises'
import { answerTimeoutMs, serializeNotification } from '#contract'
import { isDatabaseAway, isInTheWay } from '#database'
import type { Clock } from '#kit'
import { laneOf } from '../store/lane.ts'
import type { SubscriptionKey } from '../store/subscriptions.ts'
import type { Claimed } from './claimed.ts'
import { formatDeliveryId } from './delivery-id.ts'
import type { OnDeliveryMoment } from './delivery-moments.ts'
import type { LaneLeases } from './lane-leases.ts'
import type { Send, Sent } from './sender.ts'
import type { Settlement, Stepped, Steps } from './steps.ts'
import { openHeaders } from './subscription-headers.ts'
import { secretsOf } from './subscription-secret.ts'

export type WorkNeeds = {
  steps: Steps
  leases: LaneLeases
  send: Send
  /** The server's key of the subscriptions' secrets. */
  secret: Buffer
  clock: Clock
  /** Aborted when the process ends and waits for attempts no longer. */
  signal: AbortSignal
  /** Whether to stop after the attempt under way: others wait, or the process ends. */
  isToYield(): boolean
  onSettled(settlement: Settlement, settled: Stepped['settled']): void
  onMoment: OnDeliveryMoment
}

const pauseMs = 100
const maxPauseMs = 5_000

export type Left = Exclude<Stepped['next'], { claim: 'claimed' }>

/** Sends what waits for a subscription, oldest first, one attempt at a time, until nothing is left or one fails. */
export async function workSubscription(needs: WorkNeeds, subscription: SubscriptionKey): Promise<Left> {
  const { leases, onMoment } = needs
  let settlement: Settlement | undefined
  for (;;) {
    onMoment(settlement ? 'before settle' : 'before claim')
    const epoch = leases.epochOf(laneOf(subscription.businessId))
    const { next } = await step(needs, subscription, epoch, settlement)
    if (settlement) onMoment('after settle')
    if (next.claim !== 'claimed') return next
    onMoment('after claim')
    // The process may have been paused since the claim: if another one has the lane by now, nothing is sent.
    if (leases.epochOf(laneOf(subscription.businessId)) !== epoch) return { claim: 'no_lease' }
    settlement = { claimed: next.claimed, sent: await attempt(needs, next.claimed) }
    onMoment('after send')
  }
}

/** An outcome is settled again and again while the database is away; a claim is given up, and found again later. */
async function step(
  needs: WorkNeeds,
  subscription: SubscriptionKey,
  epoch: bigint | undefined,
  settlement: Settlement | undefined,
): Promise<Stepped> {
  const isLast = epoch === undefined || needs.isToYield()
  if (isLast && !settlement) return { settled: null, next: { claim: 'none' } }
  for (let tries = 1; ; tries++) {
    try {
      const stepped = await needs.steps.take({ subscription, epoch: epoch ?? 0n, settlement, isLast })
      if (settlement) needs.onSettled(settlement, stepped.settled)
      return stepped
    } catch (error) {
      if (!isDatabaseAway(error) && !isInTheWay(error)) throw error
      if (!settlement || needs.signal.aborted) return { settled: null, next: { claim: 'none' } }
      await pause(tries, needs.signal)
    }
  }
}

async function pause(tries: number, signal: AbortSignal): Promise<void> {
  const waitMs = Math.min(pauseMs * 2 ** tries, maxPauseMs)
  await after(waitMs, undefined, { ref: false, signal }).catch(() => {}) // the process ends
}

function attempt({ send, secret, clock, signal }: WorkNeeds, claimed: Claimed): Promise<Sent> {
  const secrets = secretsOf(secret, { ...claimed.key, ...claimed.salts }, clock.now())
  return send(
    { url: claimed.url, secrets, headers: openHeaders(secret, claimed.key, claimed.sealedHeaders) },
    {
      id: formatDeliveryId(claimed.key),
      body: serializeNotification(claimed.facts),
      timeoutMs: answerTimeoutMs,
      signal,
    },
  )
}
