import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Throttle } from './throttle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const everyMs = 100

/** Asks at these moments, and says at which the work of each key was done. */
function play(asks: readonly [atMs: number, key: string][], { closedAtMs = Number.POSITIVE_INFINITY } = {}): string[] {
  const begun = Date.now()
  const done: string[] = []
  const throttle = new Throttle<string>(everyMs, key => done.push(`${key} ${Date.now() - begun}`))
  for (const [atMs, key] of asks) setTimeout(() => throttle.ask(key), atMs)
  if (closedAtMs !== Number.POSITIVE_INFINITY) setTimeout(() => throttle.close(), closedAtMs)
  vi.advanceTimersByTime(1000)
  return done
}

test.each<{ why: string; asks: [number, string][]; done: string[] }>([
  { why: 'the first is done at once', asks: [[5, 'a']], done: ['a 5'] },
  {
    why: 'the last of a period is done after it',
    asks: [
      [0, 'a'],
      [1, 'a'],
      [99, 'a'],
    ],
    done: ['a 0', 'a 100'],
  },
  {
    why: 'what is done late begins a period too',
    asks: [
      [0, 'a'],
      [50, 'a'],
      [150, 'a'],
    ],
    done: ['a 0', 'a 100', 'a 200'],
  },
  {
    why: 'after a silent period it is done at once again',
    asks: [
      [0, 'a'],
      [130, 'a'],
    ],
    done: ['a 0', 'a 130'],
  },
  {
    why: 'keys do not wait for each other',
    asks: [
      [0, 'a'],
      [10, 'b'],
      [20, 'a'],
    ],
    done: ['a 0', 'b 10', 'a 100'],
  },
])('$why', ({ asks, done }) => {
  expect(play(asks)).toEqual(done)
})

test('once closed it does nothing: not what is asked for now, nor what was asked for before', () => {
  expect(
    play(
      [
        [0, 'a'],
        [10, 'a'],
        [60, 'b'],
      ],
      { closedAtMs: 50 },
    ),
  ).toEqual(['a 0'])
})

test('work that asks for itself is done once in each period', () => {
  let count = 0
  const throttle: Throttle = new Throttle(everyMs, () => {
    count++
    throttle.ask()
  })
  throttle.ask()
  vi.advanceTimersByTime(3 * everyMs)

  expect(count).toBe(4)
})
