import { headers as names, parseJson, serializeJson } from '#contract'
import { type Call, type Reply, targetOf } from './call.ts'

const maxText = 400
const maxHeader = 120

/** What was sent, in lines: keys are left out, and long bodies cut. */
export function describeCall(call: Call): string[] {
  const headers = Object.entries(call.headers).map(([name, value]) => `${name}: ${nameKey(name, value)}`)
  const { body } = call
  const text = typeof body === 'string' ? cut(printable(body), maxText) : body && `(${sizeOf(body)} bytes)`
  return [
    `${call.verb} ${cut(targetOf(call), maxText)}`,
    ...headers.map(line => cut(line, maxHeader)),
    ...(text ? [text] : []),
  ]
}

/** What came: the status, and of the answer what is nobody's words. */
export function describeReply({ status, text }: Pick<Reply, 'status' | 'text'>): string[] {
  return [`${status}`, ...(text === '' ? [] : [cut(printable(withoutWords(text)), maxText)])]
}

/** A key is recognised by its beginning; what is no key is shown. */
function nameKey(name: string, value: string): string {
  const isCredential = name === names.apiKey || name === names.authorization
  return isCredential ? value.replaceAll(/(ACMA:\w{4})[\w:]*/g, '$1…') : value
}

const peoplesWords = new Set(['message', 'name', 'publicId', 'url', 'domain'])

/** Customers' texts and names do not belong into a report. */
function withoutWords(text: string): string {
  const parsed = parseJson(text)
  return parsed.ok ? serializeJson(hide(parsed.value)) : text
}

function hide(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hide)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideIn(key, item)]))
}

/** The message of an error is the server's own. */
function hideIn(key: string, item: unknown): unknown {
  if (key === 'errors') return item
  return peoplesWords.has(key) && typeof item === 'string' ? '…' : hide(item)
}

const printable = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ')

function sizeOf(body: Uint8Array | readonly Uint8Array[]): number {
  return body instanceof Uint8Array ? body.length : body.reduce((sum, { length }) => sum + length, 0)
}

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text
}
