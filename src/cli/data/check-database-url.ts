import { Problem } from '#kit'
import type { Texts } from '../texts/index.ts'

/** The URL as it was given, if it is one. Throws a Problem that does not repeat it: it may hold a password. */
export function checkDatabaseUrl(url: string | undefined, { serve }: Texts): string | undefined {
  if (url === undefined) return undefined
  if (isDatabaseUrl(url)) return url
  throw new Problem(serve.badDatabaseUrl)
}

export function isDatabaseUrl(url: string): boolean {
  return URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol) && isDecodable(url)
}

/** Whether every part of it is what it means: a `%` must begin two hex digits of UTF-8. */
function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== ''
  } catch {
    return false // the one thing that decoding throws for
  }
}
