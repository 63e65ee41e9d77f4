import { randomUUID } from 'node:crypto'
import { type BusinessId, idFrom } from '#contract'
import type { Sql } from '#database'
import { type Clock, deadline, type Logger, type MonotonicClock, machineMonotonic } from '#kit'
import type { Bus, LiveEvent } from '../live/bus.ts'
import { Changes } from '../live/changes.ts'
import { countUnfinished, type Work } from '../store/deliveries.ts'
import { type Lane, laneOf } from '../store/lane.ts'
import type { Layout } from '../store/layout.ts'
import { cancelWaiting, type SubscriptionKey } from '../store/subscriptions.ts'
import type { OnDeliveryMoment } from './delivery-moments.ts'
import { Finder } from './finder.ts'
import { LaneLeases } from './lane-leases.ts'
import type { Send } from './sender.ts'
import { type Settlement, type Stepped, Steps } from './steps.ts'
import { type Left, workSubscription } from './work-subscription.ts'
import { Workers } from './workers.ts'

/** What is counted of attempts. */
type AttemptMetrics = {
  attempting<T>(attempt: Promise<T>): Promise<T>
  attempted(outcome: 'delivered' | 'refused' | 'failed' | 'stale'): void
}

export type DelivererOptions = {
  sql: Sql
  layout: Layout
  /** A connection of its own for the leases. */
  leaseSql: Sql
  bus: Bus
  clock: Clock
  /** Of the leases, and of what is done at intervals. */
  monotonic?: MonotonicClock
  /** Names this process among the others. */
  owner?: string
  log: Logger
  metrics: AttemptMetrics
  send: Send
  /** The server's key of the subscriptions' secrets. */
  secret: Buffer
  /** For tests that end the process in the middle of an attempt. */
  onMoment?: OnDeliveryMoment | undefined
}

const lookEveryMs = 2_000
const stopPatienceMs = 1_000

/** Sends the deliveries that wait in the lanes of this process: those of a subscription oldest first, by one worker. */
export class Deliverer {
  readonly #options: DelivererOptions
  readonly #leases: LaneLeases
  readonly #monotonic: MonotonicClock
  readonly #finder: Finder
  readonly #workers: Workers
  readonly #steps: Steps
  readonly #changes: Changes
  readonly #abandoned = new AbortController()
  #stopListening: (() => void)[] = []
  #isStopping = false

  constructor(options: DelivererOptions) {
    const { sql, layout, leaseSql, log, clock, bus, monotonic = machineMonotonic, owner = randomUUID() } = options
    this.#options = options
    this.#changes = new Changes(bus, monotonic)
    this.#monotonic = monotonic
    this.#leases = new LaneLeases({
      ...{ sql: leaseSql, log, monotonic, owner },
      isBusy: lane => this.#workers.isBusy(lane),
      onChange: () => this.wakeAll(),
    })
    this.#finder = new Finder({ sql, layout, log, lanes: () => this.lanes, onWork: work => this.#workers.take(work) })
    this.#workers = new Workers({
      clock,
      log,
      isOurs: lane => this.#leases.epochOf(lane) !== undefined,
      work: work => this.#work(work),
      cancel: subscription => this.#cancel(subscription),
      lookAgain: businessId => this.wake(businessId),
    })
    this.#steps = new Steps({ sql, layout, clock, owner })
  }

  /** Resolves when lanes are held, or the database is found to be away. */
  async start(): Promise<void> {
    const { bus } = this.#options
    this.#stopListening = [
      bus.onEvent(event => this.#hear(event)),
      bus.onGap(() => this.wakeAll()),
      this.#monotonic.every(lookEveryMs, () => this.wakeAll()),
    ]
    await this.#leases.start()
  }

  /** The lanes that this process works. */
  get lanes(): Lane[] {
    return this.#leases.lanes
  }

  /** Looks for deliveries of this business. If its lane is another process's, that one finds them within two seconds. */
  wake(businessId: BusinessId): void {
    if (!this.#isStopping && this.#leases.epochOf(laneOf(businessId)) !== undefined) this.#finder.look(businessId)
  }

  /** Looks for deliveries in all lanes of this process. */
  wakeAll(): void {
    if (!this.#isStopping) void this.#finder.lookEverywhere()
  }

  /** Resolves when no attempt is under way here and nothing is due now in the lanes of this process. */
  async settled(): Promise<void> {
    do {
      await this.#finder.lookEverywhere()
      await this.#workers.idle()
    } while (!this.#finder.isIdle || !this.#workers.isIdle)
  }

  /** How many deliveries wait or are in flight in the lanes of this process. */
  countUnfinished(): Promise<number> {
    return countUnfinished(this.#options.sql, this.lanes)
  }

  /** Waits a moment for the attempts under way, interrupts the others, and gives the lanes back. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const stopListening of this.#stopListening) stopListening()
    this.#workers.close()
    await deadline(stopPatienceMs, this.#workers.idle())
    this.#abandoned.abort()
    await deadline(stopPatienceMs, this.#workers.idle())
    const { log } = this.#options
    const given = this.#leases
      .stop()
      .catch(error => log.warn({ err: error }, 'lanes were not given back: they run out'))
    await deadline(stopPatienceMs, given)
    this.#changes.close()
  }

  #hear(event: LiveEvent): void {
    if (event.about === 'chat' || event.about === 'subscriptions') this.wake(idFrom<BusinessId>(event.businessId))
  }

  #work(work: Work): Promise<Left> {
    const { send, secret, clock, metrics, onMoment = () => {} } = this.#options
    return workSubscription(
      {
        ...{ steps: this.#steps, leases: this.#leases, secret, clock, onMoment },
        send: (target, notice) => metrics.attempting(send(target, notice)),
        signal: this.#abandoned.signal,
        isToYield: () => this.#isStopping || this.#workers.slots.isCrowded,
        onSettled: (settlement, settled) => this.#tell(settlement, settled),
      },
      work,
    )
  }

  #tell({ claimed, sent }: Settlement, settled: Stepped['settled']): void {
    this.#options.metrics.attempted(settled === 'stale' ? settled : sent.outcome)
    if (settled === 'stale') return
    const { businessId } = claimed.key
    this.#changes.note('deliveries', businessId)
    if (sent.outcome === 'failed' || claimed.failures > 0) this.#changes.note('subscriptions', businessId)
  }

  async #cancel(subscription: SubscriptionKey): Promise<void> {
    const { sql, clock } = this.#options
    // No process works it at this moment, so what is in flight belongs to a process that has ended.
    const states = ['waiting', 'in_flight'] as const
    if ((await cancelWaiting(sql, subscription, { states, now: clock.now() })) === 0) return
    this.#changes.note('deliveries', subscription.businessId)
    this.#changes.note('subscriptions', subscription.businessId)
  }
}
