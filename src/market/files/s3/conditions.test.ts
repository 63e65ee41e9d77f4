import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import send from '@fastify/send'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeConditions } from './conditions.ts'

const file = { etag: '"tag"', modifiedAt: new Date('2026-03-01T09:00:00.700Z'), sizeBytes: 10 }
const [before, then, after] = [
  'Sun, 01 Mar 2026 08:59:59 GMT',
  'Sun, 01 Mar 2026 09:00:00 GMT',
  'Sun, 01 Mar 2026 09:00:01 GMT',
]
const folder = mkdtempSync(join(tmpdir(), 'prilavok-conditions-'))

beforeAll(() => {
  writeFileSync(join(folder, 'file'), '0123456789')
  utimesSync(join(folder, 'file'), file.modifiedAt, file.modifiedAt)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the library says that serves files from a folder. */
async function judgeByLibrary(asked: Record<string, string>) {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'HEAD', headers: asked })
  const { statusCode: status, headers } = await send(request, '/file', { root: folder })
  const [, start, end] = /^bytes (\d+)-(\d+)\/10$/.exec(headers['Content-Range'] ?? '') ?? []
  return status === 206 ? { status, range: { start: Number(start), end: Number(end) } } : { status }
}

const date = fc.constantFrom(before, then, after, 'nonsense')
const part = fc.oneof(fc.nat(12).map(String), fc.constant(''))
// Of the last eleven bytes of ten the library has none; RFC 9110 has all.
const isSuffixTooLong = ([first, last]: [string, string]) => first === '' && Number(last) > 10
const single = fc
  .tuple(part, part)
  .filter(parts => !isSuffixTooLong(parts))
  .map(([first, last]) => `bytes=${first}-${last}`)
const range = fc.oneof(single, fc.constantFrom('nonsense', 'bytes=', 'bytes=a-b', 'items=0-1', 'bytes=0-1,5-6'))
const headers = fc.record(
  {
    ...{ 'if-modified-since': date, 'if-unmodified-since': date, 'if-range': date, range },
    'cache-control': fc.constantFrom('no-cache', 'max-age=0'),
  },
  { requiredKeys: [] },
)

test('dates and ranges mean what they mean for files in a folder', async () => {
  const statuses = new Set<number>()
  await fc.assert(
    fc.asyncProperty(headers, async asked => {
      const verdict = judgeConditions(asked, file)

      statuses.add(verdict.status)
      expect(verdict).toEqual(await judgeByLibrary(asked))
    }),
    { numRuns: 600 },
  )
  expect([...statuses].sort()).toEqual([200, 206, 304, 412, 416])
})

test.each<[asked: Record<string, string>, status: number]>([
  [{}, 200],
  [{ 'if-none-match': '"tag"' }, 304],
  [{ 'if-none-match': '"other", W/"tag"' }, 304],
  [{ 'if-none-match': '*' }, 304],
  [{ 'if-none-match': '"other"' }, 200],
  [{ 'if-none-match': '"other"', 'if-modified-since': after }, 200],
  [{ 'if-none-match': '"tag"', 'cache-control': 'no-cache' }, 200],
  [{ 'if-match': '"other", "tag"' }, 200],
  [{ 'if-match': '*' }, 200],
  [{ 'if-match': '"other"' }, 412],
  [{ 'if-match': 'W/"tag"' }, 412],
  [{ 'if-match': '"tag"', 'if-unmodified-since': before }, 200],
  [{ 'if-match': '"other"', 'if-none-match': '"tag"' }, 412],
  [{ range: 'bytes=0-1', 'if-range': '"tag"' }, 206],
  [{ range: 'bytes=0-1', 'if-range': '"other"' }, 200],
  [{ range: 'bytes=0-1', 'if-range': 'W/"tag"' }, 200],
  [{ range: 'bytes=-11' }, 206],
  [{ range: 'bytes=20-', 'if-none-match': '"tag"' }, 304],
])('%j comes to %i', (asked, status) => {
  expect(judgeConditions(asked, file).status).toBe(status)
})
