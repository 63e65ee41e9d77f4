import { type BusinessId, idFrom } from '#contract'
import { SignedTokens, type Signing, tokenEnd } from '#serving'

const prefix = 'cabinet-' // the published word of these tokens
const daySeconds = 24 * 60 * 60

export type BusinessGrant = { businessId: BusinessId; name: string; days: number }

/** When a token that is made now expires. */
export function businessTokenEnd(now: Date, days: number): Date {
  return tokenEnd(now, days * daySeconds)
}

export function isBusinessToken(token: string): boolean {
  return token.startsWith(prefix)
}

/** Tokens of businesses: each opens the operations that are for businesses, of one business. */
export class BusinessTokens {
  readonly #tokens: SignedTokens

  constructor(signing: Signing) {
    this.#tokens = new SignedTokens('prilavok cabinet', signing)
  }

  async make({ businessId, name, days }: BusinessGrant, now?: Date): Promise<string> {
    return prefix + (await this.#tokens.make({ sub: `${businessId}`, name }, days * daySeconds, now))
  }

  /** The business of a token; undefined if the token is not ours, was changed, or has expired. */
  async read(token: string): Promise<BusinessId | undefined> {
    if (!isBusinessToken(token)) return undefined
    const { sub } = (await this.#tokens.read(token.slice(prefix.length))) ?? {}
    return sub === undefined ? undefined : idFrom<BusinessId>(sub)
  }
}
