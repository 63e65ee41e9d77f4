import { secretPartOf } from '../keys/token.ts'

/** What is kept of a text: all of it up to so many bytes, else its head. */
export type Kept = { whole: number; head: number }
/** To write pages of a history down whole would cost more than to read them. */
export const kept: Record<'asked' | 'answered', Kept> = {
  asked: { whole: 64 * 1024, head: 64 * 1024 },
  answered: { whole: 8 * 1024, head: 4 * 1024 },
}
// A token with every character escaped as in JSON.
const maxTokenLength = 54 * 6
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const space = new Uint8Array(Math.max(...Object.values(kept).map(({ whole }) => whole)))

export type KeptText = { text: string; isCut: boolean }

/** What the log keeps of a text, without the token, and without characters that PostgreSQL refuses. */
export function keepText(text: string, token: string, { whole, head } = kept.asked): KeptText {
  if (text.length > whole + maxTokenLength) return keepHead(text.slice(0, head + 2 * maxTokenLength), token, head)
  const clean = storable(withoutToken(text, token))
  // A character has three bytes at most.
  if (clean.length * 3 <= whole) return { text: clean, isCut: false }
  const { read } = encoder.encodeInto(clean, space.subarray(0, whole))
  return read === clean.length ? { text: clean, isCut: false } : cut(clean, head)
}

export type KeptBytes = { text: string | Buffer; isCut: boolean }

/**
 * The same of a text that is UTF-8 already. One in which there is nothing to look for stays as it is: thousands of texts that
 * wait to be written are moved about in memory, bytes are not.
 */
export function keepBytes(bytes: Buffer, token: string, { whole, head }: Kept): KeptBytes {
  const isLong = bytes.length > whole
  if (mayHold(isLong ? bytes.subarray(0, head + maxTokenLength) : bytes, token)) {
    return isLong
      ? keepHead(bytes.toString('utf8', 0, head + 2 * maxTokenLength), token, head)
      : keepText(bytes.toString(), token, { whole, head })
  }
  return isLong
    ? { text: Buffer.from(bytes.subarray(0, endOfCharacter(bytes, head))), isCut: true }
    : { text: bytes, isCut: false }
}

/** Whether the token may be in it, as it is or escaped, or a character that PostgreSQL refuses. */
function mayHold(bytes: Buffer, token: string): boolean {
  return bytes.includes(secretPartOf(token)) || bytes.includes('%') || bytes.includes('\\u00') || bytes.includes(0)
}

/** Where the last character begins that does not fit before the end. */
function endOfCharacter(bytes: Buffer, end: number): number {
  let at = end
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--
  return at
}

/** Of a long text only what may be kept is looked at. At the end of that a token, or a character, may be cut in two. */
function keepHead(part: string, token: string, head: number): KeptText {
  return cut(storable(withoutToken(part, token).slice(0, -maxTokenLength)), head)
}

function cut(text: string, head: number): KeptText {
  const { written } = encoder.encodeInto(text, space.subarray(0, head))
  // Decoded anew: a slice would keep the whole of a long text in memory.
  return { text: decoder.decode(space.subarray(0, written)), isCut: true }
}

const maxNameLength = 120

/** What the log keeps of a name that a request has made up, without the token. */
export function keepName(name: string, token: string): string {
  const { text } = keepText(name, token)
  if (text.length <= maxNameLength) return text
  // Made anew: a slice would keep the whole of a long name in memory.
  return Buffer.from(`${text.slice(0, maxNameLength - 1)}…`).toString()
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
