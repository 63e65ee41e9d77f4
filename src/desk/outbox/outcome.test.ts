import { expect, test } from 'vitest'
import {
  BadRequest,
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
  ['a refusal', new BadRequest(facts), 'refused'],
  ['a chat that is not there', new NotFound(facts), 'refused'],
  ['a scope that is missing', new Forbidden(facts), 'refused'],
  ['a text that cannot be sent', new InvalidInput('text'), 'refused'],
  ['a key that is not known', new Unauthorized(facts), 'postponed'],
  ['an hour that is used up', new RateLimited(facts, until), 'postponed'],
  ['a wait for the hour', new QuotaWait('send', until), 'postponed'],
  ['no connection', new ConnectionError({ operation: 'send', wasSent: false }), 'postponed'],
  ['a connection that broke', new ConnectionError({ operation: 'send', wasSent: undefined }), 'doubtful'],
  ['a market that fails', new Unavailable(facts), 'doubtful'],
  ['nobody can tell', new SendUnknown('send', new Error('lost'), 'key'), 'doubtful'],
] as const)('%s: %s is %s', (_what, error, outcome) => {
  expect(outcomeOf(error)).toMatchObject({ outcome, why: error.message })
})

test('the end of the hour is kept, and any other error is nobody’s outcome', () => {
  expect(outcomeOf(new RateLimited(facts, until))).toMatchObject({ until })
  expect(() => outcomeOf(new TypeError('?'))).toThrow(TypeError)
})

test('the waits grow to half a minute', () => {
  expect([1, 2, 3, 6, 100].map(waitAfter)).toEqual([1_000, 2_000, 4_000, 30_000, 30_000])
})
