import { isDatabaseAway, type Sql } from '#database'
import type { Logger, MonotonicClock } from '#kit'
import { type Lane, type Renewed, releaseLanes, removeDeliverer, renewLanes, takeLanes } from '../store/lane.ts'

const ttlMs = 3_000
const renewEveryMs = 1_000

type LaneLeasesOptions = {
  /** A connection of its own: leases would run out while they wait for a busy pool. */
  sql: Sql
  log: Logger
  monotonic: MonotonicClock
  /** Names this process among the others. */
  owner: string
  /** Whether work of the lane is under way here: then the lane is not given back yet. */
  isBusy(lane: Lane): boolean
  /** Called when other lanes are held than before. */
  onChange(): void
}

/** The lanes whose deliveries this process sends: an equal share among the live processes, by leases in the database. */
export class LaneLeases {
  readonly #options: LaneLeasesOptions
  #epochs = new Map<Lane, bigint>()
  #leaving = new Set<Lane>()
  #heldUntilMs = 0
  #share = 0
  #stopRenewing: (() => void) | undefined
  #renewing: Promise<void> | undefined

  constructor(options: LaneLeasesOptions) {
    this.#options = options
  }

  /** Resolves when the first lanes are held, or the database could not be asked. */
  async start(): Promise<void> {
    this.#stopRenewing = this.#options.monotonic.every(renewEveryMs, () => void this.#renew())
    await this.#renew()
  }

  /** The lease's number, which rises with each new owner; undefined if the lane is not ours or was not renewed in time. */
  epochOf(lane: Lane): bigint | undefined {
    if (this.#leaving.has(lane) || this.#options.monotonic.nowMs() >= this.#heldUntilMs) return undefined
    return this.#epochs.get(lane)
  }

  get lanes(): Lane[] {
    return [...this.#epochs.keys()].filter(lane => this.epochOf(lane) !== undefined)
  }

  /** Gives everything back. */
  async stop(): Promise<void> {
    if (!this.#stopRenewing) return
    this.#stopRenewing()
    await this.#renewing
    const lanes = [...this.#epochs.keys()]
    this.#epochs.clear()
    const { sql, owner } = this.#options
    await releaseLanes(sql, owner, lanes)
    await removeDeliverer(sql, owner)
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewNow()
      .catch(error => {
        // Without the database the leases run out by themselves.
        if (!isDatabaseAway(error)) this.#options.log.error({ err: error }, 'leases of lanes were not renewed')
      })
      .finally(() => {
        this.#renewing = undefined
      })
    return this.#renewing
  }

  async #renewNow(): Promise<void> {
    const { sql, owner } = this.#options
    this.#hold(await this.#ask())
    const missing = this.#share - this.#epochs.size
    if (missing > 0 && (await takeLanes(sql, owner, { ttlMs, max: missing })) > 0) this.#hold(await this.#ask())
    await this.#giveBack()
  }

  async #ask(): Promise<Renewed> {
    const { sql, owner, monotonic } = this.#options
    const askedAtMs = monotonic.nowMs()
    const renewed = await renewLanes(sql, owner, ttlMs)
    this.#heldUntilMs = askedAtMs + ttlMs
    return renewed
  }

  #hold({ lanes, epochs, share }: Renewed): void {
    const before = this.#epochs
    this.#share = share
    this.#epochs = new Map(lanes.map((lane, index) => [lane, epochs[index] ?? 0n]))
    this.#leaving.clear()
    const isSame = before.size === this.#epochs.size && lanes.every(lane => before.get(lane) === this.#epochs.get(lane))
    if (!isSame) this.#options.onChange()
  }

  /** Gives lanes above the share back: idle ones at once, busy ones when their work is done. */
  async #giveBack(): Promise<void> {
    const extra = this.#epochs.size - this.#share
    if (extra <= 0) return
    const { sql, owner, isBusy } = this.#options
    const idleFirst = [...this.#epochs.keys()].toSorted((a, b) => Number(isBusy(a)) - Number(isBusy(b)))
    this.#leaving = new Set(idleFirst.slice(0, extra))
    const idle = [...this.#leaving].filter(lane => !isBusy(lane))
    await releaseLanes(sql, owner, idle)
    for (const lane of idle) this.#epochs.delete(lane)
  }
}
