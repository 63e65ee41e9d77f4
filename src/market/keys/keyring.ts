import { hash, randomBytes } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import type { Bus } from '../live/bus.ts'
import { findKeyByHash, type KeyWithBusiness, saveLastUse } from '../store/keys.ts'
import { hashToken } from './token.ts'

// A key is read again after this time even if no change was announced.
const freshMs = 5_000
const maxCached = 10_000

type Cached = { key: KeyWithBusiness; readAt: number }

/**
 * Keys by token, read through a cache that every change empties, here at once and in other processes by NOTIFY. The cache knows
 * tokens by a digest of their own, salted by chance in each process: an HMAC for each request would cost more than all the rest
 * of finding its key.
 */
export class Keyring {
  readonly #sql: Sql
  readonly #secret: Buffer
  readonly #clock: Clock
  readonly #bus: Bus
  readonly #cache = new Map<string, Cached>()
  readonly #salt = randomBytes(32).toString('latin1')
  #uses = new Map<bigint, Date>()
  /** Counts changes: what was read before one must not be kept after it. */
  #changes = 0

  constructor({ sql, secret, clock, bus }: { sql: Sql; secret: Buffer; clock: Clock; bus: Bus }) {
    this.#sql = sql
    this.#secret = secret
    this.#clock = clock
    this.#bus = bus
    bus.onEvent(event => event.about === 'keys' && this.#forget())
    bus.onGap(() => this.#forget())
  }

  /** The key of a well-formed token, revoked or not. */
  async find(token: string): Promise<KeyWithBusiness | undefined> {
    const id = hash('sha256', this.#salt + token, 'base64')
    const now = this.#clock.now().getTime()
    const cached = this.#cache.get(id)
    if (cached && Math.abs(now - cached.readAt) < freshMs) return this.#used(cached.key, now)

    const changes = this.#changes
    const key = await findKeyByHash(this.#sql, hashToken(this.#secret, token))
    if (key === undefined) return undefined
    if (this.#cache.size >= maxCached) this.#cache.clear()
    if (changes === this.#changes) this.#cache.set(id, { key, readAt: now })
    return this.#used(key, now)
  }

  #used(key: KeyWithBusiness, now: number): KeyWithBusiness {
    if (key.revokedAt === null) this.#uses.set(key.keyId, new Date(now))
    return key
  }

  /** To be called after a change of keys or of a business's right to the API. */
  changed(): void {
    this.#forget()
    this.#bus.publish({ about: 'keys' })
  }

  #forget(): void {
    this.#changes++
    this.#cache.clear()
  }

  /** Writes down when keys were last used; called now and then, and at the end. */
  async saveUses(): Promise<void> {
    if (this.#uses.size === 0) return
    const uses = this.#uses
    this.#uses = new Map()
    await saveLastUse(this.#sql, uses)
  }
}
