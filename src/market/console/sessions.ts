import { randomUUID } from 'node:crypto'
import type { Signing } from '#serving'
import type { AdminToken } from '../tokens/admin-token.ts'
import { RevocableTokens } from '../tokens/revocable-tokens.ts'
import type { Grant, Revocations } from '../tokens/revocations.ts'
import { sessionSeconds } from './session-cookie.ts'
import { Tickets } from './tickets.ts'

const purpose = 'console'

/** The clock is the machine's own, so that advancing the lab's clock signs nobody out. */
type SessionOptions = Signing & { adminToken: AdminToken; revocations: Revocations }

/** Sessions of the console, of thirty days at most. A ticket, as in a printed link, opens one; the admin token opens any number. */
export class ConsoleSessions {
  readonly #sessions: RevocableTokens
  readonly #adminToken: AdminToken
  readonly #revocations: Revocations
  readonly #tickets: Tickets

  constructor({ adminToken, ...options }: SessionOptions) {
    this.#sessions = new RevocableTokens({ audience: 'prilavok console', purpose, ...options })
    this.#adminToken = adminToken
    this.#revocations = options.revocations
    this.#tickets = new Tickets(options)
  }

  /** A ticket for one sign-in at any process of the market, for a week or until all sessions are ended. */
  makeTicket(): string {
    return this.#tickets.make(this.#revocations.latest)
  }

  /** The value of a new session's cookie; undefined for what is neither an unused ticket nor the admin token. */
  async open(ticketOrAdminToken: string): Promise<string | undefined> {
    const isAdmitted = (await this.#takeTicket(ticketOrAdminToken)) || (await this.#adminToken.read(ticketOrAdminToken))
    if (!isAdmitted) return undefined
    return this.#sessions.make({ subject: randomUUID(), lifeSeconds: sessionSeconds })
  }

  /** A ticket is used by being revoked: of all processes that take it at once, one is the first. */
  async #takeTicket(text: string): Promise<boolean> {
    const ticket = this.#tickets.read(text)
    if (!ticket) return false
    await this.#revocations.fresh()
    const grant = { purpose, subject: `ticket ${ticket.id}`, madeAfter: ticket.madeAfter } as const
    return !this.#revocations.isRevoked(grant) && this.#revocations.revokeFirst(grant)
  }

  /** Undefined if the session is over. */
  read(cookieValue: string): Promise<Grant | undefined> {
    // Sessions of an earlier version have no id: those that began in one second are one.
    return this.#sessions.read(cookieValue, ({ sub, iat }) => sub ?? `${iat}`)
  }

  /** Ends the session: its cookie opens nothing from now on. */
  async close(cookieValue: string): Promise<void> {
    const session = await this.read(cookieValue)
    if (session) await this.#revocations.revoke([session])
  }
}
