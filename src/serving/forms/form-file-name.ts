/** A file's name, or `unreadable` if it is not what it says to be: no UTF-8, bad percent codes, an unknown charset. */
export type FileName = { name: string } | 'unreadable'

/**
 * A file's name as the programs of this world spell it: `filename*=UTF-8''…` (RFC 8187), `=?utf-8?B?…?=` (RFC 2047: .NET),
 * percent codes throughout (aiohttp), UTF-8 with `%22` for a quote (browsers, curl, requests). undefined if there is none.
 * What comes out may still be a path or hold control characters.
 */
export function decodeFileName(parameters: ReadonlyMap<string, string>): FileName | undefined {
  const extended = parameters.get('filename*')
  const plain = parameters.get('filename')
  const name = extended === undefined ? undefined : decodeExtended(extended)
  if (name !== undefined) return { name }
  if (plain === undefined) return extended === undefined ? undefined : 'unreadable'
  const decoded = decodeWords(plain) ?? decodePlain(plain)
  return decoded === undefined ? 'unreadable' : { name: decoded }
}

/** Bytes, one to a character, as UTF-8; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** RFC 8187: charset'language'percent-encoded bytes. It knows no charset but UTF-8. */
function decodeExtended(value: string): string | undefined {
  const [, encoded] = /^utf-8'[^']*'([\s\S]*)$/i.exec(value) ?? []
  const bytes = encoded === undefined ? undefined : percentBytes(encoded)
  return bytes && decodeBytes('utf-8', bytes)
}

const words = /^(?:\s*=\?[^?\s]+\?[bq]\?[^?]*\?=)+\s*$/i
const word = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi

/** RFC 2047, if the whole name is encoded words. A character may begin in one and end in the next: their bytes go together. */
function decodeWords(value: string): string | undefined {
  if (!words.test(value)) return undefined
  const parts = [...value.matchAll(word)].map(([, charset = '', encoding = '', text = '']) => ({
    charset: (charset.split('*', 1)[0] ?? '').toLowerCase(),
    bytes: encoding.toLowerCase() === 'b' ? base64Bytes(text) : percentBytes(ofQuotedPrintable(text)),
  }))
  const [first] = parts
  if (!first || parts.some(part => part.charset !== first.charset || part.bytes === undefined)) return undefined
  return decodeBytes(first.charset, Buffer.concat(parts.flatMap(({ bytes }) => bytes ?? [])))
}

const base64Bytes = (text: string) => (/^[\w+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined)
const ofQuotedPrintable = (text: string) => text.replaceAll('%', '=25').replaceAll('_', ' ').replaceAll('=', '%')

// What urllib.parse.quote(name, safe='') of Python makes, and hardly anybody else: nothing but these and upper-case codes.
const wholePercent = /^(?:[\w.~-]|%[0-9A-F]{2})+$/
// The three that HTML tells browsers to encode; a lone % of a name stays what it is.
const htmlCodes: Record<string, string> = { '%22': '"', '%0D': '\r', '%0A': '\n' }

function decodePlain(value: string): string | undefined {
  const percent = wholePercent.test(value) ? percentBytes(value) : undefined
  const whole = percent && decodeBytes('utf-8', percent)
  if (whole !== undefined) return whole
  const text = decodeBytes('utf-8', Buffer.from(value, 'latin1'))
  return text?.replace(/%22|%0D|%0A/gi, code => htmlCodes[code.toUpperCase()] ?? code)
}

function percentBytes(text: string): Buffer | undefined {
  if (/%(?![\da-f]{2})/i.test(text)) return undefined
  const bytes = text.replace(/%(..)/g, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

function decodeBytes(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined // an unknown charset, or bytes that are none of its
  }
}
