import { expect, test } from 'vitest'
import type { MonotonicClock } from '#kit'
import { TimeOrder } from './time-order.ts'

/** Its time passes when a test says so. */
function makeClock(): MonotonicClock & { pass(ms: number): void } {
  let nowMs = 0
  const waiting: { atMs: number; work: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after: (delayMs, work) => void waiting.push({ atMs: nowMs + delayMs, work }),
    every: () => () => {},
    pass(ms) {
      const endMs = nowMs + ms
      for (let next = soonest(); next && next.atMs <= endMs; next = soonest()) {
        waiting.splice(waiting.indexOf(next), 1)
        nowMs = next.atMs
        next.work()
      }
      nowMs = endMs
    },
  }
  function soonest() {
    return waiting.toSorted((a, b) => a.atMs - b.atMs)[0]
  }
}

const at = (second: number) => new Date(2026, 10, 23, 9, 0, second)

function watching() {
  const clock = makeClock()
  const printed: string[] = []
  return { clock, printed, order: new TimeOrder(line => printed.push(line), clock) }
}

test('what comes together is printed in order of time, and of one moment as it came', () => {
  const { clock, printed, order } = watching()
  order.add(at(7), 'third')
  order.add(at(3), 'first')
  clock.pass(200)
  order.add(at(3), 'second')
  clock.pass(250)
  expect(printed).toEqual([])

  clock.pass(50)
  expect(printed).toEqual(['first', 'second', 'third'])
})

test('a stream that never rests is printed all the same', () => {
  const { clock, printed, order } = watching()
  for (let second = 0; second < 20; second++) {
    order.add(at(second), `${second}`)
    clock.pass(200)
  }

  expect(printed.length).toBeGreaterThan(9)
  expect(printed).toEqual(Array.from(printed.keys(), String))
})

test('what is left at the end is printed at once', () => {
  const { clock, printed, order } = watching()
  order.add(at(2), 'later')
  order.add(at(1), 'earlier')
  order.flush()
  clock.pass(1_000)

  expect(printed).toEqual(['earlier', 'later'])
})
