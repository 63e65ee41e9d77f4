import type { IncomingHttpHeaders } from 'node:http'

export const sessionSeconds = 30 * 24 * 60 * 60
const cookieName = 'prilavok_console'

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
