import { expect, test } from 'vitest'
import { percentile } from './percentile.ts'

/** So many numbers from 1 on, the largest first. */
const numbersTo = (count: number) => Array.from({ length: count }, (_, n) => count - n)

test.each([
  [100, 0.99, 99],
  [100, 0.5, 50],
  [1_000, 0.99, 990],
  [10, 0.99, 10],
  [10, 0, 1],
  [1, 0.5, 1],
])('of the numbers to %d, the share %f does not exceed %d', (count, share, expected) => {
  expect(percentile(numbersTo(count), share)).toBe(expected)
})

test('numbers are in order by their size, and of none there is no percentile', () => {
  expect(percentile([9, 10, 100], 0.5)).toBe(10)
  expect(percentile([], 0.5)).toBeNaN()
})
