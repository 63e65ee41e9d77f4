import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Problem } from '#kit'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** What a sealed text is and whose: one that is moved to another place cannot be opened there. */
export type SealedAs = { cabinetId: bigint; what: 'key' | 'notification secret' }

const bound = ({ cabinetId, what }: SealedAs) => Buffer.from(`${what} of ${cabinetId}`)

/** The nonce, the text and the tag. */
export function seal(key: Buffer, as: SealedAs, text: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, key, nonce).setAAD(bound(as))
  return Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()])
}

/** Throws a Problem if it was sealed with another secret, as something else, or changed since. */
export function open(key: Buffer, as: SealedAs, sealed: Buffer): string {
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  opening.setAAD(bound(as)).setAuthTag(sealed.subarray(-tagBytes))
  try {
    return opening.update(sealed.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + opening.final('utf8')
  } catch (cause) {
    throw new Problem(
      `The ${as.what} of cabinet ${as.cabinetId} cannot be opened: it was sealed with another secret. Start with the secret of this database (PRILAVOK_SECRET).`,
      { cause, kind: 'otherDeskSecret' },
    )
  }
}
