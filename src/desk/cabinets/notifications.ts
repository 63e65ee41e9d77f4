import { type ChatNotification, createReceiver, type Receive } from '#client'
import type { Sql } from '#database'
import { type Clock, type Logger, Throttle } from '#kit'
import type { Bus } from '../live/bus.ts'
import { findNotified, noteNotified } from '../store/cabinets.ts'
import { clientClockOf } from './client-clock.ts'
import { hashNotificationSecret } from './secrets.ts'

type NotificationsOptions = { sql: Sql; bus: Bus; clock: Clock; log: Logger; name: string; version: string }

const noteEveryMs = 2_000

/** What markets tell of, by the secret in the path. A notification is a hint for the process that works the cabinet. */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #receivers = new Map<bigint, Receive>()
  readonly #notes: Throttle<bigint>

  constructor(options: NotificationsOptions) {
    this.#options = options
    this.#notes = new Throttle(noteEveryMs, cabinetId => void this.#note(cabinetId))
  }

  /** What receives the notifications sent to this secret; undefined if it is nobody's. */
  async find(secret: string): Promise<Receive | undefined> {
    const cabinet = await findNotified(this.#options.sql, hashNotificationSecret(secret))
    if (!cabinet) return undefined
    const receive = this.#receivers.get(cabinet.cabinetId) ?? this.#make(cabinet)
    this.#receivers.set(cabinet.cabinetId, receive)
    return receive
  }

  stop(): void {
    this.#notes.close()
  }

  #make({ cabinetId, businessId }: { cabinetId: bigint; businessId: bigint }): Receive {
    const { clock, log, name, version } = this.#options
    const onNews = (told: ChatNotification) => this.#tell(cabinetId, told)
    const handlers = {
      ...{ onChatCreated: onNews, onMessage: onNews, onDisputeStarted: onNews, onDisputeFinished: onNews },
      onError: (error: unknown) => log.warn({ err: error }, 'a notification could not be handled'),
    }
    return createReceiver({ name, version, businessId, clock: clientClockOf(clock), ...handlers })
  }

  #tell(cabinetId: bigint, { type, chatId, messageId, at }: ChatNotification): void {
    this.#notes.ask(cabinetId)
    this.#options.bus.publish({
      ...{ about: 'hint', cabinetId: `${cabinetId}`, type, chatId: `${chatId}` },
      ...{ messageId: messageId === undefined ? null : `${messageId}`, at: at.toISOString() },
    })
  }

  async #note(cabinetId: bigint): Promise<void> {
    const { sql, clock, log } = this.#options
    await noteNotified(sql, cabinetId, clock.now()).catch(error =>
      log.warn({ err: error }, 'the time of a notification was not saved'),
    )
  }
}
