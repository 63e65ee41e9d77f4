import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import type { SubscriptionId } from '../store/subscriptions.ts'
import { swayOf } from './sway.ts'

const of = (subscriptionId: bigint, failures = 1) =>
  swayOf({ businessId: 1n as BusinessId, subscriptionId: subscriptionId as SubscriptionId }, failures) // any number will do

test('a subscription sways the same each time, and each one otherwise', () => {
  const sways = Array.from({ length: 1000 }, (_, index) => of(BigInt(index)))

  expect(of(7n)).toBe(of(7n))
  expect(of(7n, 2)).not.toBe(of(7n))
  expect(new Set(sways).size).toBe(1000)
  expect(Math.min(...sways)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...sways)).toBeLessThanOrEqual(1)
  expect(Math.abs(sways.reduce((sum, sway) => sum + sway, 0) / 1000)).toBeLessThan(0.1)
})
