import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import type { Subscription } from './subscription.ts'
import { describeChange, describePing, describeWait } from './watch-subscription.ts'

const enabled: Subscription = {
  subscriptionId: 1n,
  name: 'listen',
  url: 'http://x',
  state: 'ENABLED',
  cancelled: 2,
  waiting: 0,
}

test.each<[before: Partial<Subscription>, now: Partial<Subscription>, line: string | undefined]>([
  [{}, {}, undefined],
  [{}, { cancelled: 5 }, undefined],
  [{}, { state: 'DISABLED', cancelled: 5 }, 'was disabled: 3 waiting notifications cancelled.'],
  [
    {},
    { state: 'FAILED', cancelled: 3 },
    'after 14 days without success and disabled the subscription: 1 waiting notification cancelled.',
  ],
  [{ state: 'FAILED' }, {}, 'enabled again'],
])('from %j to %j it says %j', (before, now, line) => {
  const said = describeChange({ ...enabled, ...before }, { ...enabled, ...now }, textsOf('en').listen)
  if (line === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(line)
})

const at = new Date('2026-11-23T09:00:00Z')
const soon = '2026-11-23T09:00:59.400Z'

test.each<[before: Partial<Subscription>, now: Partial<Subscription>, line: string | undefined]>([
  [{}, {}, undefined],
  [{}, { waiting: 3 }, undefined],
  [{}, { waiting: 1, nextAttemptAt: soon }, 'Again in 60 s.'],
  [{ waiting: 1, nextAttemptAt: soon }, { waiting: 3, nextAttemptAt: soon }, 'Again in 60 s; 2 wait behind it.'],
  [{ waiting: 3, nextAttemptAt: soon }, { waiting: 3, nextAttemptAt: soon }, undefined],
  [{}, { waiting: 2, nextAttemptAt: '2026-11-23T09:15:00Z' }, 'Again in 15 min; 1 waits behind it.'],
  [{}, { waiting: 1, nextAttemptAt: '2026-12-07T09:00:00Z' }, 'To be tried again.'],
])('when %j has become %j it says of the wait: %j', (before, now, line) => {
  const said = describeWait({ ...enabled, ...before }, { ...enabled, ...now }, { at, words: textsOf('en').listen })
  expect(said).toBe(line)
})

test.each([
  ['HTTP', 403, '(status 403)', true],
  ['HTTP', 502, '(status 502)', false],
  ['INVALID_DATA', 200, '(INVALID_DATA)', false],
  ['READ_TIMED_OUT', undefined, '(READ_TIMED_OUT)', false],
])('a PING that came to %s, %s is told as %s; whether of another secret: %s', (reason, status, why, isOfSecret) => {
  const said = describePing({ reason, ...(status !== undefined && { status }) }, textsOf('en').listen)
  expect(said).toContain(why)
  expect(said.endsWith('prints it.')).toBe(isOfSecret)
})

test.each([
  [1, 'отменено 1 ожидавшее уведомление.'],
  [3, 'отменено 3 ожидавших уведомления.'],
  [11, 'отменено 11 ожидавших уведомлений.'],
])('%d cancelled notifications are counted in Russian', (cancelled, words) => {
  const disabled: Subscription = { ...enabled, state: 'DISABLED', cancelled: enabled.cancelled + cancelled }
  expect(describeChange(enabled, disabled, textsOf('ru').listen)).toContain(words)
})
