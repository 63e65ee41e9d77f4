import type { BusinessId } from '#contract'
import { isDatabaseAway } from '#database'
import type { Clock, Logger } from '#kit'
import type { Work } from '../store/deliveries.ts'
import { type Lane, laneOf } from '../store/lane.ts'
import type { SubscriptionKey } from '../store/subscriptions.ts'
import { isDue } from './schedule.ts'
import { Slots } from './slots.ts'
import type { Left } from './work-subscription.ts'

type WorkersOptions = {
  clock: Clock
  log: Logger
  isOurs(lane: Lane): boolean
  /** Sends what waits for a subscription, and says why it has stopped. */
  work(work: Work): Promise<Left>
  /** Cancels what is left of a subscription that is not enabled. */
  cancel(subscription: SubscriptionKey): Promise<void>
  lookAgain(businessId: BusinessId): void
}

type Worker = { lane: Lane; isWokenAgain: boolean }

const maxAttempts = 500

/** One worker for a subscription at a time. A subscription that is not due yet has an alarm. */
export class Workers {
  readonly slots = new Slots(maxAttempts)
  readonly #options: WorkersOptions
  readonly #workers = new Map<string, Worker>()
  readonly #alarms = new Map<string, { dueAt: number; cancel(): void }>()
  #whenIdle: (() => void)[] = []
  #isClosed = false

  constructor(options: WorkersOptions) {
    this.#options = options
  }

  get isIdle(): boolean {
    return this.#workers.size === 0
  }

  /** Resolves when no worker is left. */
  idle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise(resolve => this.#whenIdle.push(resolve))
  }

  isBusy(lane: Lane): boolean {
    return this.#workers.values().some(worker => worker.lane === lane)
  }

  /** Starts a worker for a subscription that has something to do, now or when it is due. */
  take(work: Work): void {
    const worker = this.#workers.get(idOf(work))
    if (worker) worker.isWokenAgain = true
    else if (work.state === 'enabled' && !isDue(work.dueAt, this.#options.clock.now())) this.#setAlarm(work, work.dueAt)
    else this.#employ(work)
  }

  /** Starts no worker any more; those that work go on. */
  close(): void {
    this.#isClosed = true
    for (const { cancel } of this.#alarms.values()) cancel()
    this.#alarms.clear()
  }

  #setAlarm(work: Work, dueAt: Date): void {
    const id = idOf(work)
    const known = this.#alarms.get(id)
    if (this.#isClosed || known?.dueAt === dueAt.getTime()) return
    known?.cancel()
    const { clock } = this.#options
    const ring = () => {
      this.#alarms.delete(id)
      if (!this.#workers.has(id)) this.#employ(work)
    }
    const cancel = clock.after(dueAt.getTime() - clock.now().getTime(), ring)
    this.#alarms.set(id, { dueAt: dueAt.getTime(), cancel })
  }

  #employ(work: Work): void {
    const { isOurs, log, lookAgain } = this.#options
    const lane = laneOf(work.businessId)
    if (this.#isClosed || !isOurs(lane)) return
    const id = idOf(work)
    const worker: Worker = { lane, isWokenAgain: false }
    this.#workers.set(id, worker)
    void this.#work(work, worker)
      .catch(error => {
        if (!isDatabaseAway(error)) log.error({ err: error, subscription: id }, 'a subscription was not worked')
      })
      .then(() => {
        this.#workers.delete(id)
        if (worker.isWokenAgain && !this.#isClosed) lookAgain(work.businessId)
        if (this.isIdle) for (const resolve of this.#whenIdle.splice(0)) resolve()
      })
  }

  async #work(work: Work, worker: Worker): Promise<void> {
    if (work.state !== 'enabled') return this.#options.cancel(work)
    const kind = work.failures > 0 ? 'failing' : 'healthy'
    await this.slots.enter(kind)
    const left = await this.#options.work(work).finally(() => this.slots.leave(kind))
    if (left.claim === 'later') this.#setAlarm(work, left.dueAt)
    if (left.claim === 'none') worker.isWokenAgain = true
    if (left.claim === 'closed') await this.#options.cancel(work)
  }
}

const idOf = ({ businessId, subscriptionId }: SubscriptionKey) => `${businessId}/${subscriptionId}`
