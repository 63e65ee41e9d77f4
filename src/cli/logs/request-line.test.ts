import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import type { LoggedRequest } from './read-requests.ts'
import { formatRequest } from './request-line.ts'

const request: LoggedRequest = {
  requestId: 1n,
  at: new Date(2026, 10, 23, 9, 5, 7).toISOString(),
  method: 'POST',
  path: '/a/long/path?chatId=33',
  operation: 'any',
  status: 200,
  durationMs: 12,
  traceId: 'a'.repeat(32),
  integration: 'CRM\u001b[2J',
}
const format = (more: Partial<LoggedRequest>, width?: number) =>
  formatRequest({ ...request, ...more }, textsOf('en'), width)

test('a request is a line, in which nothing of a stranger moves the cursor', () => {
  expect(format({})).toEqual(['09:05:07  200    12 ms  POST /a/long/path?chatId=33  CRM�[2J'])
})

test('what was refused is told in the published words, and unknown names with where they belong', () => {
  const responseBody =
    '{"status":"ERROR","errors":[{"code":"BAD_REQUEST","message":"message is empty"},{"code":"OTHER"}]}'
  const unknownFields = [{ at: 'body.limit', known: 'query.limit' }, { at: 'body.x' }]

  expect(format({ status: 400, responseBody, unknownFields }).slice(1)).toEqual([
    '          BAD_REQUEST: message is empty',
    '          OTHER',
    '          body.limit is not known here and was ignored: query.limit is',
    '          body.x is not known here and was ignored',
  ])
})

test('a path gives way in a narrow terminal; an answer that is no JSON says nothing more', () => {
  const path = `/${'x'.repeat(100)}`
  const [line = '', ...more] = format({ path, status: 502, responseBody: 'gone' }, 80)

  expect(line).toHaveLength(80)
  expect(line).toContain('x…  CRM')
  expect(more).toEqual([])
})
