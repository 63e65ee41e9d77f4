import { expect, test } from 'vitest'
import { Coalesce } from './coalesce.ts'

/** Work that goes on until it is let go, a run after the other. */
function makeWork() {
  const runs: PromiseWithResolvers<void>[] = []
  const coalesce = new Coalesce(() => {
    const run = Promise.withResolvers<void>()
    runs.push(run)
    return run.promise
  })
  const end = async (index: number) => {
    runs[index]?.resolve()
    await new Promise(setImmediate)
  }
  return { coalesce, runs, end }
}

test('whoever asks while it runs, however often, causes one more run, which begins after this one', async () => {
  const { coalesce, runs, end } = makeWork()
  coalesce.ask()
  coalesce.ask()
  coalesce.ask()
  expect(runs).toHaveLength(1)

  await end(0)
  expect(runs).toHaveLength(2)
  await end(1)
  expect([runs.length, coalesce.isIdle]).toEqual([2, true])
})

test('a run covers what was asked for before it began, and not what was asked for in the middle of it', async () => {
  const asked: string[] = []
  const covered: string[][] = []
  const { promise: open, resolve } = Promise.withResolvers<void>()
  const coalesce = new Coalesce(async () => {
    covered.push(asked.splice(0))
    await open
  })
  for (const name of ['a', 'b', 'c']) {
    asked.push(name)
    coalesce.ask()
  }
  resolve()
  await coalesce.idle()

  expect(covered).toEqual([['a'], ['b', 'c']])
})

test('idle waits for the run that was asked for in the middle of another', async () => {
  const { coalesce, end } = makeWork()
  let isIdle = false
  coalesce.ask()
  coalesce.ask()
  void coalesce.idle().then(() => {
    isIdle = true
  })

  await end(0)
  expect([isIdle, coalesce.isIdle]).toEqual([false, false])
  await end(1)
  expect([isIdle, coalesce.isIdle]).toEqual([true, true])
})

test('after it was idle it runs again', async () => {
  const { coalesce, runs, end } = makeWork()
  await coalesce.idle()
  coalesce.ask()
  await end(0)
  coalesce.ask()

  expect(runs).toHaveLength(2)
})
