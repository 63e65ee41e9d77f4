import { type NotificationType, notificationTypeOf, type RefusalName } from '#contract'
import type { Clock } from '#kit'
import { isPingId, readDeliveryId } from '../../notify/delivery-id.ts'
import type { Notice, Sent } from '../../notify/sender.ts'
import type { FaultName, FaultTarget } from '../faults/faults.ts'

/** What happens to answers beside refusals. */
export const mishaps = ['lostAnswer', 'lateAnswer'] as const

/** What happens to notifications. */
type Circumstance = 'duplicate' | 'retry' | 'reordered' | 'lateNotification' | 'lostNotification'

/** What a program of a shop can meet. */
export type CaseName = RefusalName | (typeof mishaps)[number] | Circumstance | NotificationType

/** Those of the lab's faults that show in nothing else that is counted. */
const circumstanceOf: { [Target in FaultTarget]: Partial<Record<FaultName, CaseName>> } = {
  api: { delay: 'lateAnswer', 'drop-connection': 'lostAnswer' },
  notification: { delay: 'lateNotification', drop: 'lostNotification', reorder: 'reordered' },
  file: { 'url-expired': 'linkExpired' },
}

const rememberedIds = 10_000

/** Counts what programs have met since it was reset: answers by operation, notifications as they were received. In this process's memory. */
export class Tally {
  readonly #clock: Clock
  readonly #counts = new Map<string, number>()
  /** Of notifications that were received: whether they were taken. */
  readonly #received = new Map<string, boolean>()
  #since: Date

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  get since(): Date {
    return this.#since
  }

  reset(): void {
    this.#counts.clear()
    this.#received.clear()
    this.#since = this.#clock.now()
  }

  count(name: CaseName | 'ok' | 'file', operation = ''): number {
    return this.#counts.get(`${name} ${operation}`) ?? 0
  }

  add(name: CaseName | 'ok' | 'file', operation = ''): void {
    this.#counts.set(`${name} ${operation}`, this.count(name, operation) + 1)
  }

  fault(target: FaultTarget, fault: FaultName, operation: string | undefined): void {
    const name = circumstanceOf[target][fault]
    if (name) this.add(name, operation)
  }

  notification({ id }: Notice, sent: Sent): void {
    if (!isReceived(sent)) return
    const key = readDeliveryId(id)
    if (isPingId(id)) this.add('PING')
    if (!key) return
    this.add(notificationTypeOf[key.type])
    const wasTaken = this.#received.get(id)
    if (wasTaken !== undefined) this.add(wasTaken ? 'duplicate' : 'retry')
    this.#remember(id, wasTaken === true || sent.outcome !== 'failed')
  }

  #remember(id: string, isTaken: boolean): void {
    this.#received.delete(id)
    this.#received.set(id, isTaken)
    if (this.#received.size <= rememberedIds) return
    for (const oldest of this.#received.keys()) {
      this.#received.delete(oldest)
      return
    }
  }
}

/** Whether it has come to the shop, whatever the shop did with it. */
function isReceived(sent: Sent): boolean {
  return sent.status !== undefined || (sent.outcome === 'failed' && sent.failure === 'READ_TIMED_OUT')
}
