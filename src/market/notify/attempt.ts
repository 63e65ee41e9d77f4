import type { FailureReason } from '#contract'
import type { Clock } from '#kit'
import { AttemptFailure } from './attempt-failure.ts'

type Bounds = { clock: Clock; timeoutMs: number; signal?: AbortSignal | undefined }

/** One attempt, from its first lookup to the last byte of the answer: whether it is connected, and what ends it early. */
export class Attempt {
  /** Whether the other side has accepted the connection. Then a timeout is READ_TIMED_OUT, before it CONNECTION_TIMED_OUT. */
  isConnected = false
  readonly #end = new AbortController()
  readonly #release: () => void

  constructor({ clock, timeoutMs, signal }: Bounds) {
    const callOff = clock.after(timeoutMs, () =>
      this.#stop(this.isConnected ? 'READ_TIMED_OUT' : 'CONNECTION_TIMED_OUT'),
    )
    const interrupt = () => this.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    this.#release = () => {
      callOff()
      signal?.removeEventListener('abort', interrupt)
    }
    if (signal?.aborted) interrupt()
  }

  /** Aborted with the AttemptFailure that ended the attempt. */
  get signal(): AbortSignal {
    return this.#end.signal
  }

  interrupt(): void {
    this.#stop('INTERRUPTED')
  }

  release(): void {
    this.#release()
  }

  /** The outcome of the work, or what ended the attempt before it. */
  async race<Value>(work: Promise<Value>): Promise<Value> {
    const { promise, reject } = Promise.withResolvers<never>()
    const stop = () => reject(this.signal.reason)
    this.signal.addEventListener('abort', stop, { once: true })
    if (this.signal.aborted) stop()
    try {
      return await Promise.race([work, promise])
    } finally {
      this.signal.removeEventListener('abort', stop)
    }
  }

  #stop(reason: FailureReason): void {
    this.#end.abort(new AttemptFailure(reason))
  }
}
