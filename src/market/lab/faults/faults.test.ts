import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import { makeChance, makeManualClock } from '#kit'
import { type FaultRule, Faults } from './faults.ts'

const own = 1n as BusinessId
const other = 2n as BusinessId
const occasion = { businessId: own, operation: 'getChats' }

function makeFaults(...rules: Partial<FaultRule>[]) {
  const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
  const faults = new Faults({ clock, chance: makeChance(7), onChange: () => {} })
  const rule = { target: 'api', fault: 'answer-500', probability: 1, budget: 1000, forSeconds: 60 } as const
  const endsAt = new Date(clock.now().getTime() + 60_000)
  for (const wanted of rules) faults.add({ ...rule, endsAt, ...wanted })
  const draw = (what = occasion) => faults.draw('api', ['answer-500', 'answer-503', 'delay'], what)?.fault
  return { faults, clock, draw }
}

test('a fault happens as often as its budget says, and until its end', () => {
  const { faults, clock, draw } = makeFaults({ budget: 2 }, { fault: 'answer-503', budget: 9 })

  const drawn = [draw(), draw(), draw()]
  clock.advance(59_999)
  const last = draw()
  clock.advance(1)

  expect([...drawn, last, draw()]).toEqual(['answer-500', 'answer-500', 'answer-503', 'answer-503', undefined])
  expect(faults.list()).toMatchObject([{ used: 2 }, { used: 2 }])
  expect(faults.list().map(fault => faults.isOver(fault))).toEqual([true, true])
})

test('a fault happens only for its target, operation and business', () => {
  const { faults, draw } = makeFaults({ operation: 'getChats', businessId: own })

  expect(draw({ ...occasion, operation: 'getChat' })).toBeUndefined()
  expect(draw({ ...occasion, businessId: other })).toBeUndefined()
  expect(faults.draw('notification', ['delay'], { businessId: own })).toBeUndefined()
  expect(faults.draw('api', ['answer-420'], occasion)).toBeUndefined()
  expect(draw()).toBe('answer-500')
})

test('chance decides how often a fault happens, the same for the same seed', () => {
  const runs = [makeFaults({ probability: 0.25 }), makeFaults({ probability: 0.25 })].map(({ draw }) =>
    Array.from({ length: 400 }, () => draw()),
  )

  const drawn = runs[0]?.filter(fault => fault !== undefined).length
  expect(runs[0]).toEqual(runs[1])
  expect(drawn).toBeGreaterThan(70)
  expect(drawn).toBeLessThan(130)
  expect(makeFaults({ probability: 0 }).draw()).toBeUndefined()
})

test('at most a hundred faults are kept; one that is over makes room for another', () => {
  const { faults, draw } = makeFaults(...Array.from({ length: 100 }, () => ({ budget: 1 })))
  const [rule] = faults.list()
  if (!rule) throw new Error('a hundred were made')

  const tooMany = faults.add(rule)
  draw()
  const oneMore = faults.add(rule)

  expect(tooMany).toBeUndefined()
  expect(oneMore).toMatchObject({ faultId: 101n, used: 0 })
  expect(faults.list()).toHaveLength(100)
})
