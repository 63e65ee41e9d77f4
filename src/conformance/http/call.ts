import { serializeJson } from '#contract'
import type { Subject } from '../findings/finding.ts'

/** A list goes in pieces, without saying how large it is. */
type Body = string | Uint8Array | readonly Uint8Array[]

/** A request as it is sent, letter for letter. */
export type Call = {
  /** Whose hour it counts against. */
  subject: Subject
  verb: string
  path: string
  query: Readonly<Record<string, string>>
  headers: Readonly<Record<string, string>>
  body?: Body
}

export type Reply = {
  call: Call
  /** Its number within the check. */
  exchange: number
  status: number
  /** By names in lower case. */
  headers: Readonly<Record<string, string>>
  text: string
  /** Ids beyond 2^53 as bigint; undefined if the body is no JSON. */
  json: unknown
}

export function targetOf({ path, query }: Call): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}

export const withQuery = (call: Call, query: Record<string, string>): Call => ({
  ...call,
  query: { ...call.query, ...query },
})

export const withHeaders = (call: Call, headers: Record<string, string>): Call => ({
  ...call,
  headers: { ...call.headers, ...headers },
})

/** In place of its headers, the key among them. */
export const withCredentials = (call: Call, headers: Record<string, string>): Call => {
  const type = call.headers['content-type']
  return { ...call, headers: { ...(type !== undefined && { 'content-type': type }), ...headers } }
}

export const withBody = (call: Call, body: Body, type?: string): Call => {
  const { 'content-type': _type, ...headers } = call.headers
  return { ...call, body, headers: type === undefined ? headers : { ...headers, 'content-type': type } }
}

export const withJson = (call: Call, value: unknown): Call => withText(call, serializeJson(value))

/** Bytes that are no UTF-8: each character one byte. */
export const fromLatin1 = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

/** A body that may be JSON or not, said to be JSON. */
export const withText = (call: Call, text: string): Call => withBody(call, text, 'application/json')

/** Without a content type. */
export const untyped = (call: Call): Call => withBody(call, call.body ?? '')
