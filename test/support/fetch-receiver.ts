import { vi } from 'vitest'
import { type ClientClock, createReceiver, type From, type ReceiverOptions } from '#client'
import { notificationTypeOf } from '#contract'

export const began = new Date('2026-03-01T09:00:00.000Z')

/** Stands still; its waits end when told. */
function makeStillClock() {
  const waits: { ms: number; end: () => void; isOver: boolean }[] = []
  const clock: ClientClock = {
    now: () => began,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const wait = { ms, end: resolve, isOver: false }
        waits.push(wait)
        signal?.addEventListener('abort', () => {
          wait.isOver = true
          reject(signal.reason)
        })
      }),
  }
  return { clock, waits, endWaits: () => waits.map(({ end }) => end()) }
}

/** The body of a notification of a message. */
export const message = (more: object = {}) => ({
  ...{ notificationType: notificationTypeOf.message_sent, businessId: 1, chatId: 2, messageId: '3' },
  ...{ sentAt: '2026-03-01T08:59:59.999Z', ...more },
})
export const post = (body: unknown, init: RequestInit = {}) =>
  new Request('http://shop.example/', {
    ...{ method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
    ...init,
  })

/** A receiver at the level of fetch, on a clock that stands still. */
export function makeFetchReceiver(options: Partial<ReceiverOptions> = {}) {
  const onError = vi.fn()
  const still = makeStillClock()
  const receive = createReceiver({ name: 'Лавка', version: '2.1.0', clock: still.clock, onError, ...options })
  const tell = async (body: unknown, from?: From) => (await receive(post(body), from)).status
  return { receive, tell, onError, ...still }
}
