import type { IncomingHttpHeaders } from 'node:http'

/** What is known of a file before its content is read. The tag is a strong one, in its quotes. */
export type FileHead = { etag: string; modifiedAt: Date; sizeBytes: number }
/** Bytes of a file, the last one included. */
export type Range = { start: number; end: number }
export type Verdict =
  | { status: 200 | 304 | 412 }
  | { status: 206; range: Range }
  /** No byte of the range is in the file, or it is no range. */
  | { status: 416 }

/** What a GET or HEAD comes to by its conditions and its range: RFC 9110, 13.2.2 and 14.2. Several ranges at once are not served. */
export function judgeConditions(asked: IncomingHttpHeaders, file: FileHead): Verdict {
  if (isPreconditionFailed(asked, file)) return { status: 412 }
  if (isNotModified(asked, file)) return { status: 304 }
  if (asked.range === undefined || !isRangeCurrent(asked, file)) return { status: 200 }
  const range = readRange(asked.range, file.sizeBytes)
  if (range === 'not one') return { status: 200 }
  return range === 'outside' ? { status: 416 } : { status: 206, range }
}

function isPreconditionFailed(asked: IncomingHttpHeaders, { etag, modifiedAt }: FileHead): boolean {
  const { 'if-match': match, 'if-unmodified-since': since } = asked
  if (match !== undefined) return match !== '*' && !listTags(match).includes(etag)
  return since !== undefined && isAfter(modifiedAt, since)
}

function isNotModified(asked: IncomingHttpHeaders, { etag, modifiedAt }: FileHead): boolean {
  const { 'if-none-match': noneMatch, 'if-modified-since': since, 'cache-control': cacheControl = '' } = asked
  // Who loads a page anew wants all of it.
  if (/\bno-cache\b/.test(cacheControl)) return false
  if (noneMatch !== undefined) return noneMatch === '*' || listTags(noneMatch.replaceAll('W/', '')).includes(etag)
  return since !== undefined && isReadable(since) && !isAfter(modifiedAt, since)
}

/** Whoever has a part of another content is given the whole. */
function isRangeCurrent({ 'if-range': ifRange }: IncomingHttpHeaders, { etag, modifiedAt }: FileHead): boolean {
  if (typeof ifRange !== 'string') return true
  return ifRange === etag || (isReadable(ifRange) && !isAfter(modifiedAt, ifRange))
}

function readRange(text: string, sizeBytes: number): Range | 'outside' | 'not one' {
  const [, spec] = /^ *bytes=([^,]*)$/.exec(text) ?? []
  if (spec === undefined) return 'not one'
  const [, first = '', last = ''] = /^\s*(\d*)-(\d*)\s*$/.exec(spec) ?? []
  if (first === '' && last === '') return 'outside'
  const start = first === '' ? Math.max(sizeBytes - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return start > end ? 'outside' : { start, end }
}

const listTags = (text: string) => text.split(',').map(tag => tag.trim())
const isReadable = (date: string) => !Number.isNaN(Date.parse(date))

/** HTTP dates have no fractions of a second. */
function isAfter(modifiedAt: Date, date: string): boolean {
  return Math.floor(modifiedAt.getTime() / 1000) > Date.parse(date) / 1000
}
