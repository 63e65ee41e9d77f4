import { secretPartOf } from '../keys/token.ts'

/** How much is kept of what was asked and of what was answered: to write pages of history down whole would cost more than to read them. */
export const keptBytes = { asked: 64 * 1024, answered: 8 * 1024 }
// A token with every character escaped as in JSON.
const maxTokenLength = 54 * 6
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const kept = new Uint8Array(Math.max(...Object.values(keptBytes)))

export type KeptText = { text: string; isCut: boolean }

/** What the log keeps of a text: its first bytes, without the token, and without characters that PostgreSQL refuses. */
export function keepText(text: string, token: string, maxBytes = keptBytes.asked): KeptText {
  const isLong = text.length > maxBytes + 2 * maxTokenLength
  // Of a long text only what may be kept is looked at; at the end of that a token may be cut in two.
  const head = isLong ? text.slice(0, maxBytes + maxTokenLength) : text
  const whole = storable(withoutToken(head, token))
  const clean = isLong ? whole.slice(0, -maxTokenLength) : whole
  // A character has three bytes at most.
  if (!isLong && clean.length * 3 <= maxBytes) return { text: clean, isCut: false }
  const { read, written } = encoder.encodeInto(clean, kept.subarray(0, maxBytes))
  if (!isLong && read === clean.length) return { text: clean, isCut: false }
  // Decoded anew: a slice would keep the whole of a long text in memory.
  return { text: decoder.decode(kept.subarray(0, written)), isCut: true }
}

/** PostgreSQL knows neither the character 0 nor half a character. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole
}

const escapes = /%([2-7][0-9a-f])|\\u00([2-7][0-9a-f])/gi

/** The token becomes "…": as it is, and where it is escaped as in a URL or in JSON. */
function withoutToken(text: string, token: string): string {
  const secret = secretPartOf(token)
  const redact = (part: string) => part.replaceAll(token, '…').replaceAll(secret, '…')
  // As it is comes first: a token after a "%" can look like the end of an escape.
  const raw = text.includes(secret) ? redact(text) : text
  const plain = raw.search(escapes) < 0 ? raw : raw.replace(escapes, characterOf)
  return plain.includes(secret) ? redact(plain) : raw
}

function characterOf(_all: string, inUrl: string | undefined, inJson: string): string {
  return String.fromCharCode(Number.parseInt(inUrl ?? inJson, 16))
}

/** What stands in the log for a file. */
export function describeFile({ fileName, fileSize }: { fileName: string; fileSize: number }): string {
  return `[file ${JSON.stringify(fileName)}, ${formatBytes(fileSize)}]`
}

export function describeForm(size: string | undefined): string {
  return size === undefined ? '[multipart]' : `[multipart, ${formatBytes(Number(size))}]`
}

function formatBytes(size: number): string {
  return `${String(size).replace(/\B(?=(\d{3})+$)/g, ' ')} bytes`
}
