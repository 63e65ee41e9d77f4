import { createHash, randomBytes } from 'node:crypto'

const ticketBytes = 32
// Beyond them the oldest ticket is forgotten.
const maxTickets = 1000

const digestOf = (ticket: string) => createHash('sha256').update(ticket).digest('base64')

/** One-time tickets of this process. Each keeps what was given when it was made. */
export class Tickets<Kept> {
  // Kept by digests, so that the time of a look-up tells nothing about a ticket.
  readonly #tickets = new Map<string, Kept>()

  make(kept: Kept): string {
    const ticket = randomBytes(ticketBytes).toString('base64url')
    this.#tickets.set(digestOf(ticket), kept)
    for (const oldest of this.#tickets.keys()) {
      if (this.#tickets.size <= maxTickets) break
      this.#tickets.delete(oldest)
    }
    return ticket
  }

  /** Uses the ticket up. Undefined if there is no such ticket any more. */
  take(ticket: string): Kept | undefined {
    const digest = digestOf(ticket)
    const kept = this.#tickets.get(digest)
    this.#tickets.delete(digest)
    return kept
  }
}
