import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** The scheme of an Authorization header, lower case, and what follows it. Takes time in proportion to its length. */
export function splitAuthorization(authorization: string): { scheme: string; rest: string } {
  const [scheme = ''] = /^\S*/.exec(authorization) ?? []
  return { scheme: scheme.toLowerCase(), rest: authorization.slice(scheme.length).trim() }
}

/** The token of `Authorization: Bearer …`, if there is one. */
export function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  const { scheme, rest } = splitAuthorization(headers.authorization ?? '')
  return scheme === 'bearer' && /^\S+$/.test(rest) ? rest : undefined
}

/** Compares secrets without telling by its time how much of them is right. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
