import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { isDatabaseAway, type Sql } from '#database'
import type { Logger } from '#kit'
import { type Lane, type Renewed, releaseLanes, removeDeliverer, renewLanes, takeLanes } from '../store/lane.ts'

const ttlMs = 3_000
const renewEveryMs = 1_000

type LaneLeasesOptions = {
  /** A connection of its own: leases would run out while they wait for a busy pool. */
  sql: Sql
  log: Logger
  /** Whether work of the lane is under way here: then the lane is not given back yet. */
  isBusy(lane: Lane): boolean
  /** Called when other lanes are held than before. */
  onChange(): void
}

/** The lanes whose deliveries this process sends: an equal share among the live processes, by leases in the database. */
export class LaneLeases {
  /** Names this process among the others. */
  readonly owner = randomUUID()
  readonly #options: LaneLeasesOptions
  #epochs = new Map<Lane, bigint>()
  #leaving = new Set<Lane>()
  #heldUntilMs = 0
  #share = 0
  #timer: NodeJS.Timeout | undefined
  #renewing: Promise<void> | undefined

  constructor(options: LaneLeasesOptions) {
    this.#options = options
  }

  /** Resolves when the first lanes are held, or the database could not be asked. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs).unref()
    await this.#renew()
  }

  /** The lease's number, which rises with each new owner; undefined if the lane is not ours or was not renewed in time. */
  epochOf(lane: Lane): bigint | undefined {
    if (this.#leaving.has(lane) || performance.now() >= this.#heldUntilMs) return undefined
    return this.#epochs.get(lane)
  }

  get lanes(): Lane[] {
    return [...this.#epochs.keys()].filter(lane => this.epochOf(lane) !== undefined)
  }

  /** Gives everything back. */
  async stop(): Promise<void> {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    await this.#renewing
    const lanes = [...this.#epochs.keys()]
    this.#epochs.clear()
    await releaseLanes(this.#options.sql, this.owner, lanes)
    await removeDeliverer(this.#options.sql, this.owner)
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
    const { sql } = this.#options
    this.#hold(await this.#ask())
    const missing = this.#share - this.#epochs.size
    if (missing > 0 && (await takeLanes(sql, this.owner, { ttlMs, max: missing })) > 0) this.#hold(await this.#ask())
    await this.#giveBack()
  }

  async #ask(): Promise<Renewed> {
    const askedAtMs = performance.now()
    const renewed = await renewLanes(this.#options.sql, this.owner, ttlMs)
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
    const { sql, isBusy } = this.#options
    const idleFirst = [...this.#epochs.keys()].toSorted((a, b) => Number(isBusy(a)) - Number(isBusy(b)))
    this.#leaving = new Set(idleFirst.slice(0, extra))
    const idle = [...this.#leaving].filter(lane => !isBusy(lane))
    await releaseLanes(sql, this.owner, idle)
    for (const lane of idle) this.#epochs.delete(lane)
  }
}
