import type { Sql } from '#database'
import type { Clock, Logger } from '#kit'
import type { Bus } from '../live/bus.ts'
import {
  listRevocations,
  pruneRevocations,
  type RevocationRow,
  saveRevocations,
  type TokenPurpose,
  type TokenSubject,
  tokenPurposes,
} from '../store/directory/token-revocations.ts'

// What was revoked is read again after this time even if no change was announced.
const freshMs = 5_000
const dayMs = 24 * 60 * 60 * 1000
/** A day longer than tokens of a purpose are valid. The admin token has no subjects. */
const keptDays = { admin: 1, console: 31, buyer: 31, business: 366 } satisfies Record<TokenPurpose, number>

/** What a caller was admitted with. `madeAfter` is the last revocation of any token before this one was made, in milliseconds; 0 if there was none. */
export type Grant = TokenSubject & { madeAfter: number }

type Needs = { sql: Sql; clock: Clock; bus: Bus; log: Logger }

const everybody = ''
const keyOf = ({ purpose, subject }: TokenSubject) => `${purpose} ${subject}`

/**
 * Which tokens were revoked. All of it is kept in memory and only what is new is read: when a change is announced, here or by
 * NOTIFY, and when the last look is five seconds old.
 */
export class Revocations {
  readonly #needs: Needs
  readonly #rows = new Map<string, RevocationRow>()
  readonly #listeners = new Set<() => void>()
  #latest = new Date(0)
  #readAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(needs: Needs) {
    this.#needs = needs
    needs.bus.onEvent(event => event.about === 'tokens' && this.#readSoon())
    needs.bus.onGap(() => this.#readSoon())
  }

  /** Called after something was revoked, here or elsewhere. Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** To be awaited before the others are asked: resolves at once if the last look is not old. */
  async fresh(): Promise<void> {
    const now = this.#needs.clock.now().getTime()
    if (Math.abs(now - this.#readAt) < freshMs) return
    this.#reading ??= this.#readFrom(now)
    await this.#reading
  }

  isRevoked({ madeAfter, ...whose }: Grant): boolean {
    const isAfter = (row: RevocationRow | undefined) => row !== undefined && row.validFrom.getTime() > madeAfter
    return isAfter(this.of(whose.purpose)) || isAfter(this.#rows.get(keyOf(whose)))
  }

  /** The last time that all tokens of a purpose were revoked, if ever. */
  of(purpose: TokenPurpose): RevocationRow | undefined {
    return this.#rows.get(keyOf({ purpose, subject: everybody }))
  }

  /** What a token that is made now must carry. Read from the database: else a token could be void from the beginning. */
  async readLatest(): Promise<number> {
    await this.#read()
    return this.latest
  }

  get latest(): number {
    return this.#latest.getTime()
  }

  async revoke(revoked: readonly TokenSubject[]): Promise<void> {
    await this.#revoke(revoked)
  }

  /** Whether it was not revoked before, by anybody. */
  async revokeFirst(revoked: TokenSubject): Promise<boolean> {
    const [isFirst] = await this.#revoke([revoked])
    return isFirst === true
  }

  async #revoke(revoked: readonly TokenSubject[]): Promise<boolean[]> {
    const areFirst = await saveRevocations(this.#needs.sql, revoked)
    this.#needs.bus.publish({ about: 'tokens' })
    await this.fresh()
    return areFirst
  }

  /** Forgets what was revoked so long ago that every token of its subject has expired since. */
  async prune(): Promise<void> {
    const now = this.#needs.clock.now().getTime()
    for (const purpose of tokenPurposes) {
      const before = new Date(now - keptDays[purpose] * dayMs)
      await pruneRevocations(this.#needs.sql, purpose, before)
      for (const [key, row] of this.#rows)
        if (row.purpose === purpose && row.subject !== everybody && row.validFrom < before) this.#rows.delete(key)
    }
  }

  #readSoon(): void {
    // A look that is under way may have missed what was announced.
    this.#readAt = Number.NEGATIVE_INFINITY
    this.#reading = undefined
    void this.fresh().catch(error => this.#needs.log.warn({ err: error }, 'revoked tokens were not read; tried again'))
  }

  #readFrom(now: number): Promise<void> {
    const reading = this.#read()
      .then(() => {
        if (this.#reading === reading) this.#readAt = now
      })
      .finally(() => {
        if (this.#reading === reading) this.#reading = undefined
      })
    return reading
  }

  async #read(): Promise<void> {
    const rows = await listRevocations(this.#needs.sql, this.#latest)
    const news = rows.filter(row => row.validFrom > this.#latest)
    for (const row of rows) this.#keep(row)
    if (news.length > 0) for (const listener of this.#listeners) listener()
  }

  #keep(row: RevocationRow): void {
    const kept = this.#rows.get(keyOf(row))
    if (!kept || kept.validFrom < row.validFrom) this.#rows.set(keyOf(row), row)
    if (row.validFrom > this.#latest) this.#latest = row.validFrom
  }
}
