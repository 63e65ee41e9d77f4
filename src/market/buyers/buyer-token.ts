import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '#kit'
import type { CustomerId } from '../store/customers.ts'

const audience = 'prilavok buyer'
const buyerTokenHours = 24 * 30

/** When a token made now is over; tokens know whole seconds. */
export function buyerTokenEnd(now: Date): Date {
  return new Date((seconds(now) + buyerTokenHours * 60 * 60) * 1000)
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** Tokens of customers: signed, expiring, for the storefront that acts on behalf of one of them. */
export class BuyerTokens {
  readonly #secret: Buffer
  readonly #clock: Clock

  constructor({ secret, clock }: { secret: Buffer; clock: Clock }) {
    this.#secret = secret
    this.#clock = clock
  }

  make(customerId: CustomerId, now = this.#clock.now()): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(String(customerId))
      .setAudience(audience)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(buyerTokenEnd(now)))
      .sign(this.#secret)
  }

  /** The customer of a token, or undefined if it is not ours, changed, or over. */
  async read(token: string): Promise<CustomerId | undefined> {
    try {
      const options = {
        audience,
        algorithms: ['HS256'],
        currentDate: this.#clock.now(),
        requiredClaims: ['exp', 'sub'],
      }
      const { payload } = await jwtVerify(token, this.#secret, options)
      return BigInt(payload.sub ?? '') as CustomerId // signed by make
    } catch {
      return undefined // whatever is wrong with it, it opens nothing
    }
  }
}
