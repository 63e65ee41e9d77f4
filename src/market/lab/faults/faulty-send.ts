import type { Clock } from '#kit'
import { readDeliveryId } from '../../notify/delivery-id.ts'
import type { Notice, Send, Sent, Target } from '../../notify/sender.ts'
import type { Faults } from './faults.ts'
import { passed } from './faulty-http.ts'
import type { Air } from './in-flight.ts'

type Needs = { faults: Faults; clock: Clock; air: Air }
type Held = { target: Target; notice: Notice }

const heldMostMs = 5_000

/** What is told of a notification that was swallowed, or that is held for later. */
const pretended: Sent = { outcome: 'delivered', status: 200, durationMs: 0 }

/**
 * Sends notifications, and swallows, repeats, delays or swaps them when a fault says so. One that is swapped is called
 * delivered at once, since nothing else is sent to its subscription before; it goes after the next one, or after 5 s.
 */
export function sendWithFaults(send: Send, { faults, clock, air }: Needs): Send {
  const held = new Map<string, Held[]>()
  const release = async (subscription: string) => {
    const all = held.get(subscription) ?? []
    held.delete(subscription)
    for (const { target, notice } of all) await send(target, notice)
  }
  const sendOrFail = async (target: Target, notice: Notice): Promise<Sent> => {
    const key = readDeliveryId(notice.id)
    if (!key) return send(target, notice)
    const subscription = `${key.businessId}/${key.subscriptionId}`
    const struck = faults.strike('notification', ['drop', 'duplicate', 'reorder', 'delay'], key)
    if (struck?.fault === 'drop') return pretended
    if (struck?.fault === 'reorder') {
      const { signal: _endsWithItsAttempt, ...rest } = notice
      held.set(subscription, [...(held.get(subscription) ?? []), { target, notice: rest }])
      clock.after(heldMostMs, () => void release(subscription))
      return pretended
    }
    if (struck?.fault === 'delay') await Promise.race([passed(clock, struck.delayMs), aborted(notice)])
    const sent = await send(target, notice)
    if (struck?.fault === 'duplicate' && sent.outcome === 'delivered') await send(target, notice)
    await release(subscription)
    return sent
  }
  return (target, notice) => air.during(sendOrFail(target, notice))
}

/** Resolves when nobody waits for the attempt any more. */
function aborted({ signal }: Notice): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) resolve()
    else signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
