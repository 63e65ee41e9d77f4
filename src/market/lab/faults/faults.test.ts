import { expect, test } from 'vitest'
import type { BusinessId } from '#contract'
import { makeChance, makeManualClock } from '#kit'
import { type FaultRule, Faults } from './faults.ts'

const shop = 1n as BusinessId
const other = 2n as BusinessId
const about = { businessId: shop, operation: 'getChats' }

function makeFaults(...rules: Partial<FaultRule>[]) {
  const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
  const faults = new Faults({ clock, chance: makeChance(7), onChange: () => {} })
  const rule = { target: 'api', fault: 'answer-500', probability: 1, budget: 1000, forSeconds: 60 } as const
  const endsAt = new Date(clock.now().getTime() + 60_000)
  for (const wanted of rules) faults.add({ ...rule, endsAt, ...wanted })
  const strike = (what = about) => faults.strike('api', ['answer-500', 'answer-503', 'delay'], what)?.fault
  return { faults, clock, strike }
}

test('a fault happens as often as its budget says, and until its end', () => {
  const { faults, clock, strike } = makeFaults({ budget: 2 }, { fault: 'answer-503', budget: 9 })

  const struck = [strike(), strike(), strike()]
  clock.advance(59_999)
  const last = strike()
  clock.advance(1)

  expect([...struck, last, strike()]).toEqual(['answer-500', 'answer-500', 'answer-503', 'answer-503', undefined])
  expect(faults.list()).toMatchObject([{ used: 2 }, { used: 2 }])
  expect(faults.list().map(fault => faults.isOver(fault))).toEqual([true, true])
})

test('it happens where it is wanted and nowhere else', () => {
  const { faults, strike } = makeFaults({ operation: 'getChats', businessId: shop })

  expect(strike({ ...about, operation: 'getChat' })).toBeUndefined()
  expect(strike({ ...about, businessId: other })).toBeUndefined()
  expect(faults.strike('notification', ['delay'], { businessId: shop })).toBeUndefined()
  expect(faults.strike('api', ['answer-420'], about)).toBeUndefined()
  expect(strike()).toBe('answer-500')
})

test('how often is by chance, the same for the same seed', () => {
  const runs = [makeFaults({ probability: 0.25 }), makeFaults({ probability: 0.25 })].map(({ strike }) =>
    Array.from({ length: 400 }, () => strike()),
  )

  const struck = runs[0]?.filter(fault => fault !== undefined).length
  expect(runs[0]).toEqual(runs[1])
  expect(struck).toBeGreaterThan(70)
  expect(struck).toBeLessThan(130)
  expect(makeFaults({ probability: 0 }).strike()).toBeUndefined()
})

test('what is over makes room for more, and no more than a hundred are in force', () => {
  const { faults, strike } = makeFaults(...Array.from({ length: 100 }, () => ({ budget: 1 })))
  const [rule] = faults.list()
  if (!rule) throw new Error('a hundred were made')

  const tooMany = faults.add(rule)
  strike()
  const oneMore = faults.add(rule)

  expect(tooMany).toBeUndefined()
  expect(oneMore).toMatchObject({ faultId: 101n, used: 0 })
  expect(faults.list()).toHaveLength(100)
})
