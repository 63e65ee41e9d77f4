import { expect, test } from 'vitest'
import { makeVirtualClock } from '../../../../test/support/sync/virtual-clock.ts'
import { makeWakeUp } from './wake-up.ts'

const begun = new Date('2026-03-01T09:00:00Z')

test('a waiter goes on when it is woken, or when the time is up', async () => {
  const clock = makeVirtualClock(begun)
  const wakeUp = makeWakeUp(clock)
  const woken: number[] = []
  const waiter = async () => {
    await wakeUp.wait(1_000)
    woken.push(clock.now().getTime() - begun.getTime())
    await wakeUp.wait(1_000)
    woken.push(clock.now().getTime() - begun.getTime())
  }
  const waker = clock.wait(300).then(() => wakeUp.wake())

  await clock.run(Promise.all([waiter(), waker]))

  expect(woken).toEqual([300, 1_300])
})

test('a wake-up while nobody waits ends the next wait at once, and no other', async () => {
  const clock = makeVirtualClock(begun)
  const wakeUp = makeWakeUp(clock)
  wakeUp.wake()
  wakeUp.wake()

  await clock.run(wakeUp.wait(1_000))
  const first = clock.now()
  await clock.run(wakeUp.wait(1_000))

  expect(first).toEqual(begun)
  expect(clock.now().getTime() - begun.getTime()).toBe(1_000)
})
