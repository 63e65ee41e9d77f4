import { expect, test } from 'vitest'
import { pathOf, pointsOf } from './sparkline.tsx'

test('the largest value is at the top, nothing at the bottom, and steps are equal', () => {
  expect(pointsOf([0, 5, 10])).toEqual([
    { x: 4, y: 32 },
    { x: 84, y: 18 },
    { x: 164, y: 4 },
  ])
})

test.each([
  [[0, 0], 'M4 32L164 32'],
  [[undefined, 1, undefined, 1, 1], 'M44 4M124 4L164 4'],
  [[undefined, undefined], ''],
  [[7], 'M4 4'],
  [[], ''],
])('of %j the line is %s', (values, path) => {
  expect(pathOf(pointsOf(values))).toBe(path)
})
