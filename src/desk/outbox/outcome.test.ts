import { expect, test } from 'vitest'
import {
  BadRequest,
  ChatClosed,
  ConnectionError,
  Forbidden,
  InvalidInput,
  NotFound,
  QuotaWait,
  RateLimited,
  SendUnknown,
  Unauthorized,
  Unavailable,
} from '#client'
import { outcomeOf, waitAfter } from './outcome.ts'

const facts = { operation: 'send', status: 400, codes: ['CODE'], messages: ['no'], traceId: undefined }
const until = new Date('2026-01-16T14:05:00Z')

test.each([
  ['a refusal', new BadRequest(facts), 'refused', 'refused'],
  ['a chat that is closed', new ChatClosed(facts), 'refused', 'closed'],
  ['a chat that is not there', new NotFound(facts), 'refused', 'gone'],
  ['a scope that is missing', new Forbidden(facts), 'refused', 'scope'],
  ['a text that cannot be sent', new InvalidInput('text'), 'refused', 'refused'],
  ['a key that is not known', new Unauthorized(facts), 'postponed', 'key'],
  ['an hour that is used up', new RateLimited(facts, until), 'postponed', 'quota'],
  ['a wait for the hour', new QuotaWait('send', until), 'postponed', 'quota'],
  ['no connection', new ConnectionError({ operation: 'send', wasSent: false }), 'postponed', 'away'],
  ['a connection that broke', new ConnectionError({ operation: 'send', wasSent: undefined }), 'doubtful', undefined],
  ['a market that fails', new Unavailable(facts), 'doubtful', undefined],
  ['nobody can tell', new SendUnknown('send', new Error('lost'), 'key'), 'doubtful', undefined],
] as const)('%s: %s is %s, since %s', (_what, error, outcome, reason) => {
  expect(outcomeOf(error)).toMatchObject({ outcome, why: error.message, ...(reason && { reason }) })
})

test('the end of the hour is kept, and any other error is nobody’s outcome', () => {
  expect(outcomeOf(new RateLimited(facts, until))).toMatchObject({ until })
  expect(() => outcomeOf(new TypeError('?'))).toThrow(TypeError)
})

test('the waits grow to half a minute', () => {
  expect([1, 2, 3, 6, 100].map(waitAfter)).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
})
