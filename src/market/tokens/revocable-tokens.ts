import { type Claims, SignedTokens, type Signing } from '#serving'
import type { TokenPurpose } from '../store/directory/token-revocations.ts'
import type { Grant, Revocations } from './revocations.ts'

type Options = Signing & { audience: string; purpose: TokenPurpose; revocations: Revocations }
type Making = { subject: string; name?: string; lifeSeconds: number; now?: Date | undefined }

const subjectOfClaims = ({ sub }: Claims) => sub

/** Signed tokens of one purpose that can be revoked: all of them, or those of one subject. */
export class RevocableTokens {
  readonly #tokens: SignedTokens
  readonly #purpose: TokenPurpose
  readonly #revocations: Revocations

  constructor({ audience, purpose, revocations, ...signing }: Options) {
    this.#tokens = new SignedTokens(audience, signing)
    this.#purpose = purpose
    this.#revocations = revocations
  }

  async make({ subject, name, lifeSeconds, now }: Making): Promise<string> {
    const madeAfter = await this.#revocations.readLatest()
    return this.#tokens.make({ sub: subject, ...(name !== undefined && { name }), madeAfter }, lifeSeconds, now)
  }

  /** Undefined if the token is not ours, was changed, has expired or was revoked. One of an earlier version was made before every revocation. */
  async read(token: string, subjectOf: (claims: Claims) => string | undefined = subjectOfClaims) {
    const claims = await this.#tokens.read(token)
    const subject = claims && subjectOf(claims)
    if (subject === undefined) return undefined
    await this.#revocations.fresh()
    const grant: Grant = { purpose: this.#purpose, subject, madeAfter: claims?.madeAfter ?? 0 }
    return this.#revocations.isRevoked(grant) ? undefined : grant
  }
}
