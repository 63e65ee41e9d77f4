import type pg from 'pg'

const lookEveryMs = 1_000

/**
 * Hangs up the connections of a pool on which a statement has waited too long: the statement fails as on a connection that was
 * lost. Looks now and then: pg's own `query_timeout` makes a timer for each statement, and V8 then keeps what belongs to
 * statements long since answered, half of all that a collection of the young has to copy.
 */
export class Silence {
  readonly #askedAt = new Map<pg.ClientBase, number>()
  readonly #patienceMs: number
  readonly #timer: NodeJS.Timeout

  constructor(pool: pg.Pool, patienceMs: number) {
    this.#patienceMs = patienceMs
    pool.on('acquire', client => this.asked(client))
    pool.on('release', (_error, client) => this.#askedAt.delete(client))
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref()
  }

  /** A connection that is in use has another statement. */
  asked(client: pg.ClientBase): void {
    this.#askedAt.set(client, performance.now())
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const since = performance.now() - this.#patienceMs
    for (const [client, at] of this.#askedAt) {
      if (at >= since) continue
      this.#askedAt.delete(client)
      hangUp(client)
    }
  }
}

/** Of one that is busy the socket is closed; who waits for it is told. */
export function hangUp(client: pg.ClientBase): void {
  // pg's types of a pool's connections leave `end` out: to end one that is free is the pool's own business.
  if ('end' in client && typeof client.end === 'function') void client.end()
}
