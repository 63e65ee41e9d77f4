import { expect, test } from 'vitest'
import { percentile } from './percentile.ts'

const to = (count: number) => Array.from({ length: count }, (_, n) => count - n)

test.each([
  [to(100), 0.99, 99],
  [to(100), 0.5, 50],
  [to(1000), 0.99, 990],
  [to(10), 0.99, 10],
  [to(10), 0, 1],
  [[7], 0.5, 7],
  [[9, 10, 100], 0.5, 10],
])('of %j, the share %f does not exceed %f', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected)
})

test('of nothing there is none', () => {
  expect(percentile([], 0.5)).toBeNaN()
})
