import { secretPartOf } from '../keys/token.ts'

const maxKeptBytes = 64 * 1024
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const kept = new Uint8Array(maxKeptBytes)

export type KeptText = { text: string; isCut: boolean }

/** What the log keeps of a text: its first 64 KB, without the token, and without characters that PostgreSQL refuses. */
export function keepText(text: string, token: string): KeptText {
  const clean = storable(withoutToken(text, token))
  // A character has three bytes at most.
  if (clean.length * 3 <= maxKeptBytes) return { text: clean, isCut: false }
  const { read, written } = encoder.encodeInto(clean, kept)
  if (read === clean.length) return { text: clean, isCut: false }
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
