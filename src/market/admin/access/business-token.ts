import { type BusinessId, idFrom } from '#contract'
import { type Signing, tokenEnd } from '#serving'
import { RevocableTokens } from '../../tokens/revocable-tokens.ts'
import type { Grant, Revocations } from '../../tokens/revocations.ts'

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
  readonly #tokens: RevocableTokens

  constructor(options: Signing & { revocations: Revocations }) {
    this.#tokens = new RevocableTokens({ audience: 'prilavok cabinet', purpose: 'business', ...options })
  }

  async make({ businessId, name, days }: BusinessGrant, now?: Date): Promise<string> {
    const token = await this.#tokens.make({ subject: `${businessId}`, name, lifeSeconds: days * daySeconds, now })
    return prefix + token
  }

  /** The business of a token; undefined if the token is not ours, was changed, has expired or was revoked. */
  async read(token: string): Promise<{ businessId: BusinessId; grant: Grant } | undefined> {
    if (!isBusinessToken(token)) return undefined
    const grant = await this.#tokens.read(token.slice(prefix.length))
    return grant && { businessId: idFrom<BusinessId>(grant.subject), grant }
  }
}
