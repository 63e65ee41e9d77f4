import type { IncomingHttpHeaders } from 'node:http'

const cookieName = 'prilavok_desk'

/** The session's cookie of a request, if there is one. */
export function sessionCookieOf({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  for (const part of cookie.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === cookieName && value) return value
  }
  return undefined
}

/** The cookie that signs in. No script can read it, no request from another site has it. An empty value removes it. */
export function sessionCookie(value: string, { isSecure, seconds }: { isSecure: boolean; seconds: number }): string {
  const age = value === '' ? 0 : seconds
  return `${cookieName}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
}
