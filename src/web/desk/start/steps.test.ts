import { expect, test } from 'vitest'
import { stepsOf } from './steps.ts'

type Known = Parameters<typeof stepsOf>[0]

const doneOf = (cabinets: boolean[], people: number, quietFrom?: string) => {
  const known = {
    cabinets: cabinets.map((isMirrored, cabinetId) => ({ cabinetId, freshness: { isMirrored } })),
    accounts: Array.from({ length: people }, () => ({})),
    preferences: quietFrom === undefined ? {} : { quietFrom },
  } as unknown as Known // of each only what is looked at
  return stepsOf(known).map(({ name, isDone, cabinet }) => [name, isDone, cabinet?.cabinetId])
}

test('of a desk that was just made nothing is done', () => {
  expect(doneOf([], 1)).toEqual([...['connect', 'mirror', 'invite', 'hours'].map(name => [name, false, undefined])])
})

test('each step is done by what there is; of several mirrors the one that is not over is told', () => {
  expect(doneOf([true, false], 2, '22:00')).toEqual([
    ...[
      ['connect', true, undefined],
      ['mirror', false, 1],
      ['invite', true, undefined],
      ['hours', true, undefined],
    ],
  ])
  expect(doneOf([true, true], 1)[1]).toEqual(['mirror', true, 0])
})
