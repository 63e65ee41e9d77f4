/** The end of the last turn of each key. */
const ends = new Map<string, Promise<unknown>>()

/** Runs the works of one key one after another, in their order. A work that is aborted while it waits is not run. */
export async function inTurn<T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const previous = ends.get(key)
  let finish = () => {}
  const mine = new Promise<void>(resolve => {
    finish = resolve
  })
  const end = Promise.all([previous, mine])
  ends.set(key, end)
  end.then(() => ends.get(key) === end && ends.delete(key))
  try {
    if (previous) await orAborted(previous, signal)
    return await work()
  } finally {
    finish()
  }
}

function orAborted(awaited: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
  if (!signal) return awaited
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    awaited.then(resolve).finally(() => signal.removeEventListener('abort', abort))
  })
}
