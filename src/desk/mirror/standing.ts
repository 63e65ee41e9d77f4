import { type CallReport, ConnectionError, type MarketClient, type Progress, TimeoutError, Unavailable } from '#client'
import { isDatabaseAway, type Sql } from '#database'
import { type Clock, Coalesce, type Logger, Throttle } from '#kit'
import type { Bus } from '../live/bus.ts'
import type { Hold } from '../store/leases.ts'
import { type Standing, saveStanding } from '../store/syncs.ts'

type StandingOptions = { sql: Sql; bus: Bus; clock: Clock; log: Logger; hold: Hold }

const everyMs = 1_000

/** How a cabinet's mirror is, written down for whoever looks: at most once a second. */
export class MirrorStanding {
  readonly #options: StandingOptions
  readonly #saving = new Coalesce(() => this.#save())
  readonly #throttle = new Throttle(everyMs, () => this.#saving.ask())
  #progress: Progress | undefined
  #problem: Standing['problem']
  #checkedAt: Date | undefined
  #awaySince: Date | undefined
  #client: MarketClient | undefined

  constructor(options: StandingOptions) {
    this.#options = options
  }

  /** Whose limits are written down. */
  watch(client: MarketClient): void {
    this.#client = client
  }

  /** Everything was mirrored, and what comes is followed. */
  get isLive(): boolean {
    return this.#progress?.phase === 'live'
  }

  get isAway(): boolean {
    return this.#awaySince !== undefined
  }

  progress(progress: Progress): void {
    this.#progress = progress
    this.#throttle.ask()
  }

  /** An attempt of any call: whatever the market answers, it is there. */
  called({ status }: CallReport): void {
    if (status === undefined || status >= 500) return
    this.#checkedAt = this.#options.clock.now()
    this.#awaySince = undefined
    this.#throttle.ask()
  }

  /** An error after which the call is made again. */
  problem(error: Error): void {
    const at = this.#options.clock.now()
    this.#problem = { text: error.message, at }
    if (isMarketAway(error)) this.#awaySince ??= at
    this.#throttle.ask()
  }

  async stop(): Promise<void> {
    this.#throttle.close()
    await this.#saving.idle()
  }

  async #save(): Promise<void> {
    const { sql, bus, log, hold } = this.#options
    try {
      const progress = this.#progress ?? {}
      const standing = {
        progress,
        isWhole: this.isLive,
        limits: this.#limits(),
        problem: this.#problem,
        checkedAt: this.#checkedAt,
      }
      await saveStanding(sql, hold, { ...standing, awaySince: this.#awaySince })
      bus.publish({ about: 'sync', cabinetId: `${hold.cabinetId}` })
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'how a mirror is was not saved')
    }
  }

  #limits(): object {
    const told = [...(this.#client?.limits() ?? [])]
    return Object.fromEntries(
      told.map(([operation, { limit, remaining, until }]) => [operation, { limit, used: limit - remaining, until }]),
    )
  }
}

/** Whether an error says that the market does not answer, rather than that it refuses. */
function isMarketAway(error: unknown): boolean {
  return error instanceof ConnectionError || error instanceof TimeoutError || error instanceof Unavailable
}
