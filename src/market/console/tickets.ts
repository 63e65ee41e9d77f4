import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret, type Signing } from '#serving'

const idBytes = 16
const lifeMs = 7 * 24 * 60 * 60 * 1000

/** `madeAfter`: the last revocation before it was made, in milliseconds. */
export type Ticket = { id: string; madeAfter: number }

/**
 * Signed tickets, valid for a week in every process that has the secret. That one is used once is for whoever takes it to see
 * to, by its id.
 */
export class Tickets {
  readonly #signing: Signing

  constructor({ secret, clock }: Signing) {
    this.#signing = { secret, clock }
  }

  make(madeAfter: number): string {
    const endsAt = this.#signing.clock.now().getTime() + lifeMs
    const text = [randomBytes(idBytes).toString('base64url'), endsAt.toString(36), madeAfter.toString(36)].join('.')
    return `${text}.${this.#sign(text)}`
  }

  /** Undefined if it is not ours, was changed, or is over. */
  read(ticket: string): Ticket | undefined {
    const [id = '', endsAt = '', madeAfter = '', signature = '', ...more] = ticket.split('.')
    const isOurs = more.length === 0 && isSameSecret(signature, this.#sign([id, endsAt, madeAfter].join('.')))
    if (!isOurs || Number.parseInt(endsAt, 36) <= this.#signing.clock.now().getTime()) return undefined
    return { id, madeAfter: Number.parseInt(madeAfter, 36) }
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#signing.secret).update(`console ticket ${text}`).digest('base64url')
  }
}
