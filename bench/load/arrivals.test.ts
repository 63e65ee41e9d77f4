import { expect, test } from 'vitest'
import { makeChance } from '#kit'
import { planArrivals } from './arrivals.ts'

test('as many requests are due as the rate says, in order and within the time', () => {
  const due = planArrivals({ perSecond: 2_000, seconds: 10 }, makeChance('arrivals').next)

  expect(Math.abs(due.length - 20_000)).toBeLessThan(600)
  expect(due.toSorted((a, b) => a - b)).toEqual(due)
  expect(due.at(-1)).toBeLessThan(10_000)
})

test('the gaps are those of independent callers: as long on average as they scatter', () => {
  const due = planArrivals({ perSecond: 1_000, seconds: 20 }, makeChance('gaps').next)
  const gaps = due.map((at, n) => at - (due[n - 1] ?? 0))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)

  expect(mean).toBeCloseTo(1, 1)
  expect(deviation / mean).toBeCloseTo(1, 1)
})
