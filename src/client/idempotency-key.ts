import { idempotencyKeyMaxLength } from '#contract'
import { InvalidInput } from './errors.ts'

/** The caller's key, or a new one. Throws InvalidInput for what can be no header. */
export function takeIdempotencyKey(key: string | undefined): string {
  if (key === undefined) return makeKey()
  if (key.length <= idempotencyKeyMaxLength && /^[\x21-\x7e]+$/.test(key)) return key
  throw new InvalidInput(`idempotencyKey must be 1 to ${idempotencyKeyMaxLength} visible ASCII characters`)
}

// Not randomUUID: browsers have it only on secure pages.
function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
