import { expect, test } from 'vitest'
import { ConnectionError, FileForbidden, NotFound, Unavailable } from '#client'
import { Unfetchable } from './bounded.ts'
import { afterFailure } from './failure.ts'

const now = new Date('2026-03-01T09:00:00Z')
const facts = { operation: 'download', status: 404, codes: [], messages: ['no'], traceId: undefined }
const unreached = new ConnectionError({ operation: 'download', wasSent: false })

test.each([
  ['no connection', unreached, 1, 'waiting', 2_000],
  ['no connection again', unreached, 3, 'waiting', 8_000],
  ['a market that fails', new Unavailable({ ...facts, status: 503 }), 11, 'waiting', 2_048_000],
  ['a market that fails for the last time', new Unavailable({ ...facts, status: 503 }), 12, 'failed', 3_600_000],
  ['a file that is not there', new NotFound(facts), 1, 'failed', 2_000],
  ['a file that is too large', new Unfetchable('it is larger than 20 MB'), 1, 'failed', 2_000],
  ['a line that broke', new TypeError('terminated'), 1, 'waiting', 2_000],
])('%s (%s, attempt %i) leaves it %s', (_what, error, attempts, state, waitMs) => {
  expect(afterFailure(error, { attempts, now })).toMatchObject({ state, nextAt: new Date(now.getTime() + waitMs) })
})

test('a file that another host refuses is tried no more, and the reason is a word for the page', () => {
  const refused = new FileForbidden({ ...facts, status: 401 }, 'files.example')

  expect(afterFailure(refused, { attempts: 1, now })).toMatchObject({ state: 'failed', why: 'otherHost' })
})

test('what is no failure of fetching is left to others', () => {
  expect(afterFailure(new RangeError('?'), { attempts: 1, now })).toBeUndefined()
})
