import type { ClientClock } from '#client'
import type { Clock } from '#kit'

/** The desk's clock as the client takes it. */
export function clientClockOf(clock: Clock): ClientClock {
  return {
    now: () => clock.now(),
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const abort = () => {
          cancel()
          reject(signal?.reason)
        }
        const cancel = clock.after(ms, () => {
          signal?.removeEventListener('abort', abort)
          resolve()
        })
        signal?.addEventListener('abort', abort, { once: true })
      }),
  }
}
