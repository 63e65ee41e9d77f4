import { EventBus, type Sql } from '#database'
import type { Logger } from '#kit'

/** What other parts, and other desk processes, are told after a COMMIT. Ids in decimal, because it travels as JSON. */
export type LiveEvent =
  | { about: 'chat'; cabinetId: string; chatId: string }
  /** Something of an answer has changed. */
  | { about: 'answer'; cabinetId: string; chatId: string; answerId: string }
  /** A cabinet was added, changed or removed; or how far its mirror is. */
  | { about: 'cabinets' | 'sync' | 'replies'; cabinetId: string }
  /** For the process that works the cabinet: a proof was asked for, an order is looked at. */
  | { about: 'proof'; cabinetId: string }
  | { about: 'order'; cabinetId: string; orderId: string }
  /** For the process that works the cabinet: what a notification of the market says. */
  | { about: 'hint'; cabinetId: string; type: string; chatId: string; messageId: string | null; at: string }

/** Tells of changes in this process and in the other desk processes. */
export class Bus extends EventBus<LiveEvent> {
  constructor(sql: Sql, log: Logger) {
    super({ sql, log, channel: 'prilavok_desk' })
  }
}
