import { expect, test } from 'vitest'
import { makeManualClock } from '../clock.ts'
import { RecurringWork } from './recurring-work.ts'

/** Work whose runs end as they are told. */
function makeWork() {
  const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
  const runs: PromiseWithResolvers<number | undefined>[] = []
  const failures: unknown[] = []
  const recurring = new RecurringWork({
    clock,
    work: () => {
      const run = Promise.withResolvers<number | undefined>()
      runs.push(run)
      return run.promise
    },
    onFailure: error => {
      failures.push(error)
      return 500
    },
  })
  const settled = () => new Promise(setImmediate)
  return { clock, runs, failures, recurring, settled }
}

test('it is done again when the time has come that it has named, and before if it is woken', async () => {
  const { clock, runs, recurring, settled } = makeWork()
  recurring.wake()
  runs[0]?.resolve(1_000)
  await settled()
  clock.advance(999)
  expect(runs).toHaveLength(1)
  clock.advance(1)
  expect(runs).toHaveLength(2)

  runs[1]?.resolve(1_000)
  await settled()
  recurring.wake()
  runs[2]?.resolve(undefined)
  await settled()
  clock.advance(10_000)

  expect(runs).toHaveLength(3)
})

test('what fails is tried again when it was said, and what fails because it was stopped is no failure', async () => {
  const { clock, runs, failures, recurring, settled } = makeWork()
  recurring.wake()
  runs[0]?.reject('ill')
  await settled()
  clock.advance(500)
  expect([runs.length, failures]).toEqual([2, ['ill']])

  const stopped = recurring.stop()
  runs[1]?.reject(recurring.signal.reason)
  await stopped
  recurring.wake()
  clock.advance(10_000)

  expect([runs.length, failures]).toEqual([2, ['ill']])
})
