import { openText, Problem, sealText } from '#kit'

/** What a sealed text is and whose: one that is moved to another place cannot be opened there. */
export type SealedAs = { cabinetId: bigint; what: 'key' | 'notification secret' }

const bound = ({ cabinetId, what }: SealedAs) => `${what} of ${cabinetId}`

/** The nonce, the text and the tag. */
export function seal(key: Buffer, as: SealedAs, text: string): Buffer {
  return sealText(key, bound(as), text)
}

/** Throws a Problem if it was sealed with another secret, as something else, or changed since. */
export function open(key: Buffer, as: SealedAs, sealed: Buffer): string {
  try {
    return openText(key, bound(as), sealed)
  } catch (cause) {
    throw new Problem(
      `The ${as.what} of cabinet ${as.cabinetId} cannot be opened: it was sealed with another secret. Start with the secret of this database (PRILAVOK_SECRET).`,
      { cause, kind: 'otherDeskSecret' },
    )
  }
}
