import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { deadline } from './deadline.ts'

const longMs = 60_000

test.each<[why: string, work: () => Promise<string> | undefined, value: string | undefined]>([
  ['work that ends in time', async () => 'done', 'done'],
  ['no work', () => undefined, undefined],
])('%s is not waited for any longer', async (_why, work, value) => {
  expect(await deadline(longMs, work())).toBe(value)
})

test('work that fails in time rejects', async () => {
  await expect(deadline(longMs, Promise.reject(new TypeError('broken')))).rejects.toThrow('broken')
})

test('work that is late comes to nothing, and goes on', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  let isDone = false
  const work = promise.then(value => {
    isDone = true
    return value
  })

  expect(await deadline(1, work)).toBeUndefined()
  resolve('late')
  await work
  expect(isDone).toBe(true)
})

test('the failure of work that is late is nobody’s unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const { promise, reject } = Promise.withResolvers<string>()

  await deadline(1, promise)
  reject(new TypeError('late'))
  await after(1)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
