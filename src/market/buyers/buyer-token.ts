import { idFrom } from '#contract'
import { type Signing, tokenEnd } from '#serving'
import type { CustomerId } from '../store/customers.ts'
import { RevocableTokens } from '../tokens/revocable-tokens.ts'
import type { Grant, Revocations } from '../tokens/revocations.ts'

const lifeSeconds = 30 * 24 * 60 * 60

/** When a token that is made now expires. */
export function buyerTokenEnd(now: Date): Date {
  return tokenEnd(now, lifeSeconds)
}

/** Tokens of customers: a storefront acts with one on behalf of its customer. */
export class BuyerTokens {
  readonly #tokens: RevocableTokens

  constructor(options: Signing & { revocations: Revocations }) {
    this.#tokens = new RevocableTokens({ audience: 'prilavok buyer', purpose: 'buyer', ...options })
  }

  make(customerId: CustomerId, now?: Date): Promise<string> {
    return this.#tokens.make({ subject: `${customerId}`, lifeSeconds, now })
  }

  /** The customer of a token; undefined if the token is not ours, was changed, has expired or was revoked. */
  async read(token: string): Promise<{ customerId: CustomerId; grant: Grant } | undefined> {
    const grant = await this.#tokens.read(token)
    return grant && { customerId: idFrom<CustomerId>(grant.subject), grant }
  }
}
