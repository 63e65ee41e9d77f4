import { headers as names } from '#contract'
import { NotChecked, type Subject } from '../findings/finding.ts'
import type { Reply } from './call.ts'

type Hour = { remaining: number; limit: number; until: number }

/** This share of each hourly limit is left to the shop's own programs. */
const reserved = 0.1

/** What is left of each operation's hour, by what the server says. Throws NotChecked before more is taken than is polite. */
export class Hours {
  readonly #hours = new Map<Subject, Hour>()

  note({ call: { subject }, headers, status }: Pick<Reply, 'call' | 'headers' | 'status'>): void {
    const until = Date.parse(headers[names.until] ?? '')
    const [remaining, limit] = [Number(headers[names.remaining]), Number(headers[names.limit])]
    // An answer to nobody tells a full hour.
    if (status === 401 || Number.isNaN(until + remaining + limit)) return
    const before = this.#hours.get(subject)
    const isSame = before !== undefined && before.until === until
    this.#hours.set(subject, { until, limit, remaining: isSame ? Math.min(before.remaining, remaining) : remaining })
  }

  requireSome(subject: Subject, now: Date): void {
    const hour = this.#hours.get(subject)
    if (!hour || hour.until <= now.getTime() || hour.remaining > hour.limit * reserved) return
    throw new NotChecked(
      {
        en: 'the hourly limit of this operation is nearly used up: the rest is left to your programs',
        ru: 'часовой лимит этой операции почти исчерпан: остаток оставлен вашим программам',
      },
      { isTrouble: true },
    )
  }
}
