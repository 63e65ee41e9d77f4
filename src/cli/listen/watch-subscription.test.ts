import { expect, test } from 'vitest'
import { textsOf } from '../texts/index.ts'
import type { Subscription } from './subscription.ts'
import { describeChange } from './watch-subscription.ts'

const enabled: Subscription = { subscriptionId: 1n, name: 'listen', url: 'http://x', state: 'ENABLED', cancelled: 2 }

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

test.each([
  [1, 'отменено 1 ожидавшее уведомление.'],
  [3, 'отменено 3 ожидавших уведомления.'],
  [11, 'отменено 11 ожидавших уведомлений.'],
])('%d cancelled notifications are counted in Russian', (cancelled, words) => {
  const disabled: Subscription = { ...enabled, state: 'DISABLED', cancelled: enabled.cancelled + cancelled }
  expect(describeChange(enabled, disabled, textsOf('ru').listen)).toContain(words)
})
