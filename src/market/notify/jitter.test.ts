import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import type { SubscriptionId } from '../store/subscriptions.ts'
import { jitterOf } from './jitter.ts'

const of = (subscriptionId: bigint, failures = 1) =>
  jitterOf({ businessId: 1n as BusinessId, subscriptionId: subscriptionId as SubscriptionId }, failures) // any number will do

test('the jitter of a subscription is the same each time, and differs between subscriptions', () => {
  const jitters = Array.from({ length: 1000 }, (_, index) => of(BigInt(index)))

  expect(of(7n)).toBe(of(7n))
  expect(of(7n, 2)).not.toBe(of(7n))
  expect(new Set(jitters).size).toBe(1000)
  expect(Math.min(...jitters)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...jitters)).toBeLessThanOrEqual(1)
  expect(Math.abs(jitters.reduce((sum, jitter) => sum + jitter, 0) / 1000)).toBeLessThan(0.1)
})
