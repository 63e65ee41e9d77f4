import { EventBus, type Sql } from '#database'
import type { Logger } from '#kit'

/** What other parts, and other market processes, are told after a COMMIT. Ids in decimal, because it travels as JSON. */
export type LiveEvent =
  | { about: 'chat'; businessId: string; chatId: string; customerId: string; messageId: string | null }
  | { about: 'keys' }
  /** Tokens of the market's own APIs were revoked. */
  | { about: 'tokens' }
  /** Deliveries of the business have changed, or its subscriptions, or its query log has grown. */
  | { about: 'deliveries' | 'subscriptions' | 'requests'; businessId: string }
  /** Something of the lab has changed: buyers, faults, the clock. */
  | { about: 'lab' }

/** Tells of changes in this process and in the other market processes. */
export class Bus extends EventBus<LiveEvent> {
  constructor(sql: Sql, log: Logger) {
    super({ sql, log, channel: 'prilavok_live' })
  }
}
