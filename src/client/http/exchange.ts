import type { ClientClock } from '../clock.ts'
import { type Read, readBody } from './read-body.ts'

export type Exchange =
  | { kind: 'answered'; response: Response; read: Read }
  | { kind: 'timedOut' }
  /** `error` is whatever fetch threw. */
  | { kind: 'lost'; error: unknown; wasAnswered: boolean }

type Asked = {
  fetch: typeof fetch
  url: string
  init: RequestInit
  clock: ClientClock
  timeoutMs: number
  signal: AbortSignal | undefined
  /** Reads the body within the time; by default all of it. */
  read?: (response: Response) => Promise<Read>
}

/** One request and its answer, within the time. Rejects only with the reason of the caller's signal. */
export async function exchange({
  fetch,
  url,
  init,
  clock,
  timeoutMs,
  signal,
  read = readBody,
}: Asked): Promise<Exchange> {
  signal?.throwIfAborted()
  const stop = new AbortController()
  const done = new AbortController()
  const onAbort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const timeout = clock.wait(timeoutMs, done.signal).then(
    (): Exchange => ({ kind: 'timedOut' }),
    (): Promise<never> => new Promise(() => {}), // the answer came first
  )
  try {
    const asking = ask(() => fetch(url, { ...init, signal: stop.signal }), read)
    const first = await Promise.race([asking, timeout, abortOf(stop.signal)])
    signal?.throwIfAborted()
    if (first.kind === 'timedOut') stop.abort()
    return first
  } finally {
    signal?.removeEventListener('abort', onAbort)
    // With a reason of its own: making the usual one, an error with its stack, would cost more than the rest of this.
    done.abort('answered')
  }
}

async function ask(send: () => Promise<Response>, read: (response: Response) => Promise<Read>): Promise<Exchange> {
  let response: Response | undefined
  try {
    response = await send()
    return { kind: 'answered', response, read: await read(response) }
  } catch (error) {
    // A refusal whose body breaks off still has its status.
    if (response !== undefined && response.status >= 400) {
      return { kind: 'answered', response, read: { ok: false, why: 'broke off' } }
    }
    return { kind: 'lost', error, wasAnswered: response !== undefined }
  }
}

/** For a fetch that does not listen to its signal. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
