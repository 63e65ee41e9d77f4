import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '#kit'

export type Signing = { secret: Buffer; clock: Clock }
/** `madeAfter` is for whoever revokes tokens; `iat` is set by `make`. */
export type Claims = { sub?: string; name?: string; madeAfter?: number; iat?: number }

const algorithm = 'HS256'
const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** When a token made now is over; tokens know whole seconds. */
export function tokenEnd(now: Date, lifeSeconds: number): Date {
  return new Date((seconds(now) + lifeSeconds) * 1000)
}

/** Signed tokens of one kind (its audience) that expire. Readers of another kind refuse them. */
export class SignedTokens {
  readonly #audience: string
  readonly #signing: Signing

  constructor(audience: string, signing: Signing) {
    this.#audience = audience
    this.#signing = signing
  }

  make(claims: Omit<Claims, 'iat'>, lifeSeconds: number, now = this.#signing.clock.now()): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm })
      .setAudience(this.#audience)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(tokenEnd(now, lifeSeconds)))
      .sign(this.#signing.secret)
  }

  /** What a token was made with, or undefined if it is not ours, changed, or over. */
  async read(token: string): Promise<Claims | undefined> {
    const { secret, clock } = this.#signing
    const options = {
      audience: this.#audience,
      algorithms: [algorithm],
      currentDate: clock.now(),
      requiredClaims: ['exp'],
    }
    return jwtVerify<Claims>(token, secret, options).then(
      ({ payload }) => payload,
      () => undefined, // any error means that the token is not valid
    )
  }
}
