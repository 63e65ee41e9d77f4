import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isSameSecret, SignedTokens, type Signing } from '#serving'

const ticketBytes = 32
// Whoever asks for links without end has the last of them.
const ticketsMost = 1000
const sessionSeconds = 30 * 24 * 60 * 60
const cookieName = 'prilavok_console'

/** The clock is the machine's own: advancing the lab's signs nobody out. */
type Options = Signing & { adminToken: string }

const digestOf = (ticket: string) => createHash('sha256').update(ticket).digest('base64')

/** Who is signed in at the console: a link opens it once, the admin token any time, for thirty days. */
export class ConsoleSessions {
  readonly #sessions: SignedTokens
  readonly #adminToken: string
  // By digest, so that the time of a look-up tells nothing of the ticket.
  readonly #tickets = new Set<string>()

  constructor({ adminToken, ...signing }: Options) {
    this.#sessions = new SignedTokens('prilavok console', signing)
    this.#adminToken = adminToken
  }

  /** A ticket for one sign-in at this process, until it stops. */
  makeTicket(): string {
    const ticket = randomBytes(ticketBytes).toString('base64url')
    this.#tickets.add(digestOf(ticket))
    for (const oldest of this.#tickets) {
      if (this.#tickets.size <= ticketsMost) break
      this.#tickets.delete(oldest)
    }
    return ticket
  }

  /** The value of a new session's cookie, or undefined if neither a ticket that was not used yet nor the admin token. */
  async open(ticketOrAdminToken: string): Promise<string | undefined> {
    const isTicket = this.#tickets.delete(digestOf(ticketOrAdminToken))
    if (!isTicket && !isSameSecret(ticketOrAdminToken, this.#adminToken)) return undefined
    return this.#sessions.make({}, sessionSeconds)
  }

  async read(cookieValue: string): Promise<boolean> {
    return (await this.#sessions.read(cookieValue)) !== undefined
  }
}

/** A page of another site can make a browser send the cookie with a form, but never this header. */
export function hasConsoleHeader(headers: IncomingHttpHeaders): boolean {
  return headers['x-prilavok-console'] === '1'
}

/** The session's cookie in a request, if there is one; whether it is worth anything says `read`. */
export function sessionCookieOf({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  for (const part of cookie.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === cookieName && value !== '') return value
  }
  return undefined
}

/** No script reads it, no other site's request carries it. An empty value takes it away. */
export function sessionCookie(value: string, { isSecure }: { isSecure: boolean }): string {
  const age = value === '' ? 0 : sessionSeconds
  return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
