import { expect, test } from 'vitest'
import { firstMirrorCost } from './first-mirror.ts'

test.each([
  [0, { calls: 0, minutes: 0 }],
  [1, { calls: 2, minutes: 1 }],
  [132, { calls: 139, minutes: 1 }],
  [8_000, { calls: 8_400, minutes: 14 }],
  [8_001, { calls: 8_402, minutes: 60 }],
  [100_000, { calls: 105_000, minutes: 720 }],
])('the first mirror of %i chats costs %j', (chats, cost) => {
  expect(firstMirrorCost(chats)).toEqual(cost)
})
