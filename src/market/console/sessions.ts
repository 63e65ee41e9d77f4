import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isSameSecret, SignedTokens, type Signing } from '#serving'

const ticketBytes = 32
// Beyond them the oldest ticket is forgotten.
const maxTickets = 1000
const sessionSeconds = 30 * 24 * 60 * 60
const cookieName = 'prilavok_console'

/** The clock is the machine's own, so that advancing the lab's clock signs nobody out. */
type SessionOptions = Signing & { adminToken: string }

const digestOf = (ticket: string) => createHash('sha256').update(ticket).digest('base64')

/** Sessions of the console, of thirty days. A ticket, as in a printed link, opens one; the admin token opens any number. */
export class ConsoleSessions {
  readonly #sessions: SignedTokens
  readonly #adminToken: string
  // Kept as digests, so that the time of a look-up tells nothing about a ticket.
  readonly #tickets = new Set<string>()

  constructor({ adminToken, ...signing }: SessionOptions) {
    this.#sessions = new SignedTokens('prilavok console', signing)
    this.#adminToken = adminToken
  }

  /** A ticket for one sign-in at this process, until it stops. */
  makeTicket(): string {
    const ticket = randomBytes(ticketBytes).toString('base64url')
    this.#tickets.add(digestOf(ticket))
    for (const oldest of this.#tickets) {
      if (this.#tickets.size <= maxTickets) break
      this.#tickets.delete(oldest)
    }
    return ticket
  }

  /** The value of a new session's cookie; undefined for what is neither an unused ticket nor the admin token. */
  async open(ticketOrAdminToken: string): Promise<string | undefined> {
    const isTicket = this.#tickets.delete(digestOf(ticketOrAdminToken))
    if (!isTicket && !isSameSecret(ticketOrAdminToken, this.#adminToken)) return undefined
    return this.#sessions.make({}, sessionSeconds)
  }

  async read(cookieValue: string): Promise<boolean> {
    return (await this.#sessions.read(cookieValue)) !== undefined
  }
}

/** A page of another site can make a browser send the cookie, but not this header. */
export function hasConsoleHeader(headers: IncomingHttpHeaders): boolean {
  return headers['x-prilavok-console'] === '1'
}

/** The session's cookie of a request, if there is one. `read` says whether it is valid. */
export function sessionCookieOf({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  for (const part of cookie.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === cookieName && value !== '') return value
  }
  return undefined
}

/** The cookie that signs in. No script can read it, no request from another site has it. An empty value removes it. */
export function sessionCookie(value: string, { isSecure }: { isSecure: boolean }): string {
  const age = value === '' ? 0 : sessionSeconds
  return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
