import { type ChatNotification, createReceiver, type Receive } from '#client'
import type { Sql } from '#database'
import { type Clock, Coalesce, type Logger } from '#kit'
import type { Bus } from '../live/bus.ts'
import { findNotified } from '../store/cabinets.ts'
import { noteTold, type ToldMessage } from '../store/ledger.ts'
import { clientClockOf } from './client-clock.ts'
import { hashNotificationSecret } from './secrets.ts'

type NotificationsOptions = { sql: Sql; bus: Bus; clock: Clock; log: Logger; name: string; version: string }

/** More are hints alone. */
const pendingMax = 1_000

/** What markets tell of, by the secret in the path. A notification is a hint for the process that works the cabinet. */
export class Notifications {
  readonly #options: NotificationsOptions
  readonly #receivers = new Map<bigint, Receive>()
  readonly #noting = new Coalesce(() => this.#note())
  /** What came and is not noted yet, by cabinet. */
  #pending = new Map<bigint, ToldMessage[]>()

  constructor(options: NotificationsOptions) {
    this.#options = options
  }

  /** What receives the notifications sent to this secret; undefined if it is nobody's. */
  async find(secret: string): Promise<Receive | undefined> {
    const cabinet = await findNotified(this.#options.sql, hashNotificationSecret(secret))
    if (!cabinet) return undefined
    const receive = this.#receivers.get(cabinet.cabinetId) ?? this.#make(cabinet)
    this.#receivers.set(cabinet.cabinetId, receive)
    return receive
  }

  async stop(): Promise<void> {
    await this.#noting.idle()
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
    const told = this.#pending.get(cabinetId) ?? []
    this.#pending.set(cabinetId, told)
    if (messageId !== undefined && told.length < pendingMax) told.push({ chatId, messageId })
    this.#noting.ask()
    this.#options.bus.publish({
      ...{ about: 'hint', cabinetId: `${cabinetId}`, type, chatId: `${chatId}` },
      ...{ messageId: messageId === undefined ? null : `${messageId}`, at: at.toISOString() },
    })
  }

  /** All that came meanwhile is one statement for each cabinet. */
  async #note(): Promise<void> {
    const { sql, clock, log } = this.#options
    const pending = this.#pending
    this.#pending = new Map()
    for (const [cabinetId, told] of pending)
      await noteTold(sql, cabinetId, { told, now: clock.now() }).catch(error =>
        log.warn({ err: error }, 'that a notification came was not saved'),
      )
  }
}
