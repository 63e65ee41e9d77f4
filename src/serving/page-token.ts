import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto'

const macBytes = 12

/**
 * Tokens that say where a walk over pages stands. Authenticated (HMAC) and bound to their owner: a token of another owner, or
 * a changed one, is refused.
 */
export class PageTokens {
  /** Made once: a Buffer would be made a key for each token. */
  readonly #secret: KeyObject

  constructor(secret: Buffer) {
    this.#secret = createSecretKey(secret)
  }

  /** `owner` is all that the walk belongs to, such as operation and filter; `place` is what the next page needs. */
  seal(owner: readonly unknown[], place: readonly string[]): string {
    const payload = Buffer.from(JSON.stringify(place))
    return Buffer.concat([this.#mac(owner, payload), payload]).toString('base64url')
  }

  /** The place, or undefined if the token is not one of ours for this owner. */
  open(owner: readonly unknown[], token: string): string[] | undefined {
    const bytes = Buffer.from(token, 'base64url')
    if (bytes.length <= macBytes || bytes.toString('base64url') !== token) return undefined
    const payload = bytes.subarray(macBytes)
    if (!timingSafeEqual(bytes.subarray(0, macBytes), this.#mac(owner, payload))) return undefined
    const place: string[] = JSON.parse(payload.toString()) // authenticated: written by seal
    return place
  }

  #mac(owner: readonly unknown[], payload: Buffer): Buffer {
    const text = JSON.stringify(owner, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))
    const bound = hash('sha256', text, 'buffer')
    return createHmac('sha256', this.#secret).update(bound).update(payload).digest().subarray(0, macBytes)
  }
}
