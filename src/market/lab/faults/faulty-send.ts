import type { Clock } from '#kit'
import { readDeliveryId } from '../../notify/delivery-id.ts'
import type { Notice, Send, Sent, Target } from '../../notify/sender.ts'
import type { Faults } from './faults.ts'
import { passed } from './faulty-http.ts'
import type { InFlight } from './in-flight.ts'

type Needs = { faults: Faults; clock: Clock; inFlight: InFlight }
type HeldNotice = { target: Target; notice: Notice }

const maxHeldMs = 5_000

/** The outcome of a notification that was dropped, or that is held for later. */
const pretendedDelivery: Sent = { outcome: 'delivered', status: 200, durationMs: 0 }
/** What the market takes an attempt for whose answer is lost. */
const unheard = { outcome: 'failed', failure: 'READ_TIMED_OUT' } as const

/**
 * Sends notifications, and drops, repeats, delays or reorders them, or loses the answer, when a fault says so. One that is reordered counts as
 * delivered at once, since the next one is sent only after it; it goes after the next one, or after 5 s.
 */
export function sendWithFaults(send: Send, { faults, clock, inFlight }: Needs): Send {
  const held = new Map<string, HeldNotice[]>()
  const release = async (subscription: string) => {
    const all = held.get(subscription) ?? []
    held.delete(subscription)
    for (const { target, notice } of all) await send(target, notice)
  }
  const sendOrFail = async (target: Target, notice: Notice): Promise<Sent> => {
    const key = readDeliveryId(notice.id)
    if (!key) return send(target, notice)
    const subscription = `${key.businessId}/${key.subscriptionId}`
    const drawn = faults.draw('notification', ['drop', 'duplicate', 'reorder', 'delay', 'drop-answer'], key)
    if (drawn?.fault === 'drop') return pretendedDelivery
    if (drawn?.fault === 'reorder') {
      const { signal: _endsWithItsAttempt, ...rest } = notice
      held.set(subscription, [...(held.get(subscription) ?? []), { target, notice: rest }])
      clock.after(maxHeldMs, () => void release(subscription))
      return pretendedDelivery
    }
    if (drawn?.fault === 'delay') await Promise.race([passed(clock, drawn.delayMs), aborted(notice)])
    const sent = await send(target, notice)
    if (drawn?.fault === 'duplicate' && sent.outcome === 'delivered') await send(target, notice)
    await release(subscription)
    return drawn?.fault === 'drop-answer' ? { ...unheard, durationMs: sent.durationMs } : sent
  }
  return (target, notice) => inFlight.during(sendOrFail(target, notice))
}

/** Resolves when the attempt is given up. */
function aborted({ signal }: Notice): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) resolve()
    else signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
