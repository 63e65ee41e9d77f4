import { expect, test } from 'vitest'
import { phaseOf, readLimits, readProgress, readProof } from './standing.ts'

test('a mirror that has written nothing, or nonsense, begins', () => {
  const beginning = { phase: 'listing', chatsDone: 0, chatsKnown: 0 }
  for (const kept of [null, undefined, {}, [], 'x', { phase: 7 }]) expect(readProgress(kept)).toEqual(beginning)
})

test('what a mirror has written is read', () => {
  const endsAt = '2026-05-05T10:00:00.000Z'
  expect(readProgress({ phase: 'reading', chatsDone: 3, chatsKnown: 9, calls: 7, endsAt })).toEqual({
    ...{ phase: 'reading', chatsDone: 3, chatsKnown: 9, endsAt },
  })
  expect(readLimits({ a: { limit: 100, used: 1 }, b: { limit: 10, used: 5, until: endsAt }, c: 'x' })).toEqual([
    { operation: 'b', limit: 10, used: 5, until: endsAt },
    { operation: 'a', limit: 100, used: 1 },
  ])
  expect(readProof(null)).toBeUndefined()
})

test.each([
  ['paused', new Date(), 'paused'],
  ['refused', null, 'refused'],
  ['active', new Date(), 'away'],
  ['active', null, 'reading'],
] as const)('a cabinet that is %s, its market away since %s, is %s', (state, awaySince, phase) => {
  expect(phaseOf({ state, awaySince }, { phase: 'reading', chatsDone: 0, chatsKnown: 0 })).toBe(phase)
})
