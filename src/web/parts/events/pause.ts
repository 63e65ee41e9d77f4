/** Waits, but not past the moment when the machine has a network again. */
export function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = new AbortController()
    const end = () => {
      clearTimeout(timer)
      done.abort()
      resolve()
    }
    const timer = setTimeout(end, ms)
    window.addEventListener('online', end, { signal: done.signal })
    stopped.addEventListener('abort', end, { signal: done.signal })
  })
}
