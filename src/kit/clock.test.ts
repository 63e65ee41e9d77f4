import { expect, test } from 'vitest'
import { makeManualClock, makeMovableClock } from './clock.ts'

const start = new Date('2026-03-01T09:00:00Z')

test('a clock that is moved does what is due on the way, in order, each at its own moment', () => {
  const clock = makeManualClock(start)
  const done: string[] = []
  const note = (name: string) => () => done.push(`${name} ${(clock.now().getTime() - start.getTime()) / 1000}`)
  clock.after(5_000, note('second'))
  clock.after(1_000, () => {
    note('first')()
    clock.after(2_000, note('between'))
  })
  clock.after(9_000, note('later'))

  clock.advance(6_000)

  expect(done).toEqual(['first 1', 'between 3', 'second 5'])
  expect(clock.now()).toEqual(new Date(start.getTime() + 6_000))
  expect(clock.nextAt()).toEqual(new Date(start.getTime() + 9_000))
})

test('a clock on top of another goes with it, and fires whichever of the two moves', () => {
  const base = makeManualClock(start)
  const clock = makeMovableClock(base, 1_000)
  const done: number[] = []
  const note = () => done.push(clock.now().getTime() - start.getTime())
  clock.after(10_000, note)
  clock.after(60_000, note)
  clock.after(3_600_000, note)

  base.advance(10_000)
  clock.advance(55_000)

  expect(done).toEqual([11_000, 61_000])
  expect(clock.offsetMs()).toBe(56_000)
  base.advance(3_600_000)
  expect(done).toHaveLength(3)
})

test('work that was called off is not done', () => {
  const clock = makeManualClock(start)
  const callOff = clock.after(1_000, () => expect.unreachable())
  callOff()
  clock.advance(2_000)
  expect(clock.nextAt()).toBeUndefined()
})
