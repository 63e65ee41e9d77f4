import { isDatabaseAway } from '#database'
import { type Clock, Coalesce, deadline, type Logger } from '#kit'
import { type Sweep, sweepFiles } from './sweep-files.ts'

type FileSweeperOptions = Omit<Sweep, 'now' | 'signal'> & { clock: Clock; log: Logger }

const everyMs = 60 * 60_000
const stopPatienceMs = 1_000

/** Looks every hour for files of a cabinet that nothing names any more. */
export class FileSweeper {
  readonly #options: FileSweeperOptions
  readonly #sweeping = new Coalesce(() => this.#sweep())
  readonly #ending = new AbortController()
  #cancelAlarm = () => {}

  constructor(options: FileSweeperOptions) {
    this.#options = options
  }

  start(): void {
    this.#sweeping.ask()
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    this.#cancelAlarm()
    await deadline(stopPatienceMs, this.#sweeping.idle())
  }

  async #sweep(): Promise<void> {
    const { clock, log } = this.#options
    const { signal } = this.#ending
    try {
      await sweepFiles({ ...this.#options, now: clock.now(), signal })
    } catch (error) {
      if (!isDatabaseAway(error)) log.warn({ err: error }, 'unused files were not removed; it is tried again')
    }
    if (!signal.aborted) this.#cancelAlarm = clock.after(everyMs, () => this.#sweeping.ask())
  }
}
