import { expect, test } from 'vitest'
import { makeVirtualClock } from '../../../../test/support/sync/virtual-clock.ts'
import { pauseMs } from '../mirror/pause-ms.ts'
import { makePause } from './pause.ts'

test('each failure after a pause makes the next one longer; an answer makes it short again', async () => {
  const clock = makeVirtualClock(new Date('2026-03-01T09:00:00Z'))
  const pause = makePause(clock)
  const lengths: number[] = []
  const fail = async () => {
    pause.begin()
    pause.begin() // another call that was under way
    const leftMs = pause.until() - clock.now().getTime()
    lengths.push(leftMs)
    await clock.run(clock.wait(leftMs))
  }

  for (let n = 0; n < 3; n++) await fail()
  pause.end()
  await fail()

  expect(lengths).toEqual([1_000, 2_000, 4_000, 1_000])
})

test('no pause is longer than the longest', () => {
  expect([1, 5, 50, 5_000].map(failures => pauseMs(failures, 60_000))).toEqual([1_000, 16_000, 60_000, 60_000])
})
