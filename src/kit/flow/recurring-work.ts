import type { Clock } from '../clock.ts'
import { Coalesce } from './coalesce.ts'
import { deadline } from './deadline.ts'

export type RecurringWorkOptions = {
  clock: Clock
  /** Resolves to how soon it is done again if nobody wakes it before; undefined: only then. */
  work(signal: AbortSignal): Promise<number | undefined>
  /** Says in how many ms it is tried again. Not asked about what fails because it was stopped. */
  onFailure(error: unknown): number
}

const stopPatienceMs = 1_000

/** Work that is done when somebody wakes it, and when the time has come that it has named: once at a time, until it is stopped. */
export class RecurringWork {
  readonly #options: RecurringWorkOptions
  readonly #ending = new AbortController()
  readonly #working = new Coalesce(() => this.#run())
  #cancelAlarm = () => {}

  constructor(options: RecurringWorkOptions) {
    this.#options = options
  }

  /** Aborted when it is stopped. */
  get signal(): AbortSignal {
    return this.#ending.signal
  }

  /** Whoever wakes it while it works causes one more run. */
  wake(): void {
    if (!this.signal.aborted) this.#working.ask()
  }

  /** Interrupts it, and waits a second for its end. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error('the work is stopped'))
    this.#cancelAlarm()
    await deadline(stopPatienceMs, this.#working.idle())
  }

  async #run(): Promise<void> {
    const { clock, work, onFailure } = this.#options
    this.#cancelAlarm()
    const againMs = await work(this.signal).catch(error => (this.signal.aborted ? undefined : onFailure(error)))
    if (againMs !== undefined && !this.signal.aborted) this.#cancelAlarm = clock.after(againMs, () => this.wake())
  }
}
