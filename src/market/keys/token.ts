import { createHmac, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Refusal, refusals } from '#contract'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefix = 'ACMA:'
const randomLength = 40
const tokenLength = prefix.length + randomLength + 1 + 8

/** A token in the published format: `ACMA:`, 40 characters by chance, `:`, the CRC-32 of those in 8 hex digits. */
export function makeToken(): string {
  return withChecksum(Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join(''))
}

/** A token that is always the same for a secret and a label: the demo's, which is printed at every start, and those of seeds. */
export function derivedToken(secret: Buffer, label: string): string {
  const bytes = createHmac('sha512', secret).update(label).digest()
  return withChecksum(Array.from(bytes.subarray(0, randomLength), byte => alphabet[byte % alphabet.length]).join(''))
}

function withChecksum(characters: string): string {
  return `${prefix}${characters}:${checksum(characters)}`
}

function checksum(characters: string): string {
  return crc32(characters).toString(16).padStart(8, '0')
}

/** What is wrong with the form of a token, in the published order; undefined if nothing is. */
export function tokenTrouble(token: string): Refusal | undefined {
  if (token === '') return refusals.keyNotSpecified()
  if (!token.startsWith(prefix)) return refusals.keyPrefixInvalid()
  if (token.length !== tokenLength) return refusals.keyLengthInvalid()
  const match = /^ACMA:([0-9A-Za-z]{40}):([0-9a-f]{8})$/.exec(token)
  if (match?.[1] === undefined || checksum(match[1]) !== match[2]) return refusals.keyFormatInvalid()
  return undefined
}

/** The secret characters of a token; the rest can be computed from them. */
export function secretPartOf(token: string): string {
  return token.slice(prefix.length, prefix.length + randomLength)
}

/** All that is ever stored of a token. */
export function hashToken(secret: Buffer, token: string): Buffer {
  return createHmac('sha256', secret).update(token).digest()
}
