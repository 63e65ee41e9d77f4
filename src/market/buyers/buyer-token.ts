import { idFrom } from '#contract'
import { SignedTokens, type Signing, tokenEnd } from '#serving'
import type { CustomerId } from '../store/customers.ts'

const lifeSeconds = 30 * 24 * 60 * 60

/** When a token that is made now expires. */
export function buyerTokenEnd(now: Date): Date {
  return tokenEnd(now, lifeSeconds)
}

/** Tokens of customers: a storefront acts with one on behalf of its customer. */
export class BuyerTokens {
  readonly #tokens: SignedTokens

  constructor(signing: Signing) {
    this.#tokens = new SignedTokens('prilavok buyer', signing)
  }

  make(customerId: CustomerId, now?: Date): Promise<string> {
    return this.#tokens.make({ sub: `${customerId}` }, lifeSeconds, now)
  }

  /** The customer of a token; undefined if the token is not ours, was changed, or has expired. */
  async read(token: string): Promise<CustomerId | undefined> {
    const { sub } = (await this.#tokens.read(token)) ?? {}
    return sub === undefined ? undefined : idFrom<CustomerId>(sub)
  }
}
