import { isDatabaseAway } from '#database'
import { type Clock, Coalesce, deadline, type Logger } from '#kit'
import { LostHold } from '../cabinets/lost-hold.ts'
import type { Bus, LiveEvent } from '../live/bus.ts'
import { type AnswerRow, listHeads } from '../store/answers.ts'
import { type Delivering, sendWaiting, settle, settleWaitsMs } from './deliver.ts'
import type { OnOutboxMoment } from './moments.ts'
import { planFor } from './plan.ts'

export type OutboxOptions = Omit<Delivering, 'signal' | 'onMoment' | 'settleWaitsMs'> & {
  settleWaitsMs?: readonly number[] | undefined
  clock: Clock
  bus: Bus
  log: Logger
  onMoment?: OnOutboxMoment | undefined
  /** Called when something was accepted, or may be: the chat is worth a look. */
  onSent(chatId: bigint): void
}

// Whoever adds an answer says so; this is for what was said and lost.
const lookEveryMs = 5_000
const againAfterMs = 1_000
const stopPatienceMs = 1_000
const diedWhileSending = 'the desk was stopped while it was being sent'

/** Sends the answers of a cabinet that this process works: in each chat one at a time, in their order. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #delivering: Delivering
  readonly #ending = new AbortController()
  readonly #looking = new Coalesce(() => this.#look())
  readonly #working = new Map<bigint, Promise<void>>()
  #stopListening: (() => void)[] = []
  #cancelAlarm = () => {}

  constructor(options: OutboxOptions) {
    this.#options = options
    const { onMoment = () => {}, settleWaitsMs: waitsMs = settleWaitsMs } = options
    this.#delivering = { ...options, onMoment, settleWaitsMs: waitsMs, signal: this.#ending.signal }
  }

  start(): void {
    const { bus } = this.#options
    this.#stopListening = [bus.onEvent(event => this.#hear(event)), bus.onGap(() => this.wake())]
    this.wake()
  }

  /** Looks for what is due. */
  wake(): void {
    if (!this.#ending.signal.aborted) this.#looking.ask()
  }

  /** Interrupts what is under way: whoever works the cabinet next goes on with it. */
  async stop(): Promise<void> {
    for (const stopListening of this.#stopListening) stopListening()
    this.#ending.abort(new Error('the desk is stopping'))
    this.#cancelAlarm()
    await this.#looking.idle()
    await deadline(stopPatienceMs, Promise.all(this.#working.values()))
  }

  #hear(event: LiveEvent): void {
    if (event.about === 'answer' && event.cabinetId === `${this.#options.hold.cabinetId}`) this.wake()
  }

  async #look(): Promise<void> {
    const { sql, hold, clock, log } = this.#options
    this.#cancelAlarm()
    let wakeAt = clock.now().getTime() + lookEveryMs
    try {
      for (const head of await listHeads(sql, hold.cabinetId)) {
        if (this.#ending.signal.aborted) return
        wakeAt = Math.min(wakeAt, this.#begin(head))
      }
    } catch (error) {
      if (!isDatabaseAway(error)) log.error({ err: error }, 'the answers that wait were not read')
      wakeAt = clock.now().getTime() + againAfterMs
    }
    if (!this.#ending.signal.aborted) this.#cancelAlarm = clock.after(wakeAt - clock.now().getTime(), () => this.wake())
  }

  /** Begins what is due for the first answer of a chat. Returns when there is more to do. */
  #begin(head: AnswerRow): number {
    const never = Number.POSITIVE_INFINITY
    if (this.#working.has(head.chatId)) return never
    const plan = planFor(head, this.#options.clock.now())
    if (plan.next === 'wait') return plan.until.getTime()
    if (plan.next === 'nothing') return never
    const work = plan.next === 'send' ? sendWaiting(this.#delivering, head) : this.#settle(head)
    this.#working.set(head.chatId, this.#finish(head, work))
    return never
  }

  #settle(head: AnswerRow): Promise<void> {
    return settle(this.#delivering, head, head.why ?? diedWhileSending)
  }

  async #finish({ chatId, answerId }: AnswerRow, work: Promise<void>): Promise<void> {
    const { bus, log, clock, hold, onSent } = this.#options
    try {
      await work
      onSent(chatId)
    } catch (error) {
      if (!isDatabaseAway(error) && !(error instanceof LostHold))
        log.error({ err: error }, 'an answer could not be worked; it is looked at again')
      await new Promise<void>(resolve => clock.after(againAfterMs, resolve))
    } finally {
      this.#working.delete(chatId)
      bus.publish({ about: 'answer', cabinetId: `${hold.cabinetId}`, chatId: `${chatId}`, answerId })
    }
  }
}
