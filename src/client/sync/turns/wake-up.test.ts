import { expect, test } from 'vitest'
import { makeVirtualClock } from '../../../../test/support/sync/virtual-clock.ts'
import { makeBell } from './wake-up.ts'

const begun = new Date('2026-03-01T09:00:00Z')

test('whoever waits is woken when it is rung, or when the time is up', async () => {
  const clock = makeVirtualClock(begun)
  const bell = makeBell(clock)
  const woken: number[] = []
  const waiter = async () => {
    await bell.wait(1_000)
    woken.push(clock.now().getTime() - begun.getTime())
    await bell.wait(1_000)
    woken.push(clock.now().getTime() - begun.getTime())
  }
  const ringer = clock.wait(300).then(() => bell.ring())

  await clock.run(Promise.all([waiter(), ringer]))

  expect(woken).toEqual([300, 1_300])
})

test('a ring while nobody waits is heard by the next who does, and by nobody after', async () => {
  const clock = makeVirtualClock(begun)
  const bell = makeBell(clock)
  bell.ring()
  bell.ring()

  await clock.run(bell.wait(1_000))
  const first = clock.now()
  await clock.run(bell.wait(1_000))

  expect(first).toEqual(begun)
  expect(clock.now().getTime() - begun.getTime()).toBe(1_000)
})
