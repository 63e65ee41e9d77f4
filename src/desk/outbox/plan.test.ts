import { expect, test } from 'vitest'
import { planFor } from './plan.ts'

const now = new Date('2026-03-01T09:00:00Z')
const later = new Date('2026-03-01T09:00:05Z')

test.each([
  ['waiting', now, null, { next: 'send' }],
  ['waiting', later, null, { next: 'wait', until: later }],
  ['waiting', now, later, { next: 'wait', until: later }],
  ['waiting', later, now, { next: 'wait', until: later }],
  ['sending', later, null, { next: 'settle' }],
  ['sending', now, later, { next: 'wait', until: later }],
  ['unknown', now, null, { next: 'nothing' }],
] as const)('an answer that is %s, leaves at %s and is looked at again at %s: %j', (state, leavesAt, nextAt, plan) => {
  expect(planFor({ state, leavesAt, nextAt }, now)).toEqual(plan)
})
