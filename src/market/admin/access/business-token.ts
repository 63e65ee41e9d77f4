import { type BusinessId, idFrom } from '#contract'
import { SignedTokens, type Signing, tokenEnd } from '#serving'

const prefix = 'cabinet-'
const daySeconds = 24 * 60 * 60

export type CabinetGrant = { businessId: BusinessId; name: string; days: number }

/** When a token made now is over. */
export function cabinetTokenEnd(now: Date, days: number): Date {
  return tokenEnd(now, days * daySeconds)
}

export function isCabinetToken(token: string): boolean {
  return token.startsWith(prefix)
}

/** Tokens of cabinets, each for what the admin API has for one cabinet. */
export class CabinetTokens {
  readonly #tokens: SignedTokens

  constructor(signing: Signing) {
    this.#tokens = new SignedTokens('prilavok cabinet', signing)
  }

  async make({ businessId, name, days }: CabinetGrant, now?: Date): Promise<string> {
    return prefix + (await this.#tokens.make({ sub: `${businessId}`, name }, days * daySeconds, now))
  }

  /** The cabinet of a token, or undefined if it is not ours, changed, or over. */
  async read(token: string): Promise<BusinessId | undefined> {
    if (!isCabinetToken(token)) return undefined
    const { sub } = (await this.#tokens.read(token.slice(prefix.length))) ?? {}
    return sub === undefined ? undefined : idFrom<BusinessId>(sub)
  }
}
