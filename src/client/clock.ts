/** Where the client's time comes from, so that a test can move it. */
export type ClientClock = {
  now(): Date
  /** Resolves when that much of this clock's time has passed; rejects with the signal's reason as soon as it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

// The longest that a timer can wait.
const timerMaxMs = 2 ** 31 - 1

/** The machine's clock. */
export const systemClock: ClientClock = {
  now: () => new Date(),
  async wait(ms, signal) {
    let leftMs = ms
    for (; leftMs > timerMaxMs; leftMs -= timerMaxMs) await waitOnce(timerMaxMs, signal)
    await waitOnce(leftMs, signal)
  },
}

function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
