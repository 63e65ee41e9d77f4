import { expect, test } from 'vitest'
import { AtMost } from './at-most.ts'

/** Work that begins when its turn comes, and ends when it is told to. */
function makeStage(max: number) {
  const atMost = new AtMost(max)
  const begun: string[] = []
  const run = (name: string, signal?: AbortSignal) => {
    const ending = Promise.withResolvers<string>()
    const work = atMost.run(() => {
      begun.push(name)
      return ending.promise
    }, signal)
    return { ...ending, work }
  }
  return { begun, run }
}

const tick = () => new Promise(setImmediate)

test('so many run at a time; the others begin in the order in which they came', async () => {
  const { begun, run } = makeStage(2)
  const [a, b] = [run('a'), run('b'), run('c'), run('d'), run('e')]
  await tick()
  expect(begun).toEqual(['a', 'b'])

  b?.resolve('')
  await tick()
  expect(begun).toEqual(['a', 'b', 'c'])
  a?.resolve('')
  await tick()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('its outcome is that of the work', async () => {
  const { run } = makeStage(1)
  const [good, bad] = [run('good'), run('bad')]
  good.resolve('well')
  bad.reject(new TypeError('broken'))

  expect(await good.work).toBe('well')
  await expect(bad.work).rejects.toThrow('broken')
})

test('work that fails, or throws before it waits, leaves its place to the next', async () => {
  const { begun, run } = makeStage(1)
  const [a] = [run('a'), run('b')]
  a.reject(new TypeError('broken'))
  await expect(a.work).rejects.toThrow('broken')
  await tick()
  expect(begun).toEqual(['a', 'b'])

  const atMost = new AtMost(1)
  const thrown = atMost.run(() => {
    throw new TypeError('at once')
  })
  await expect(thrown).rejects.toThrow('at once')
  expect(await atMost.run(async () => 'next')).toBe('next')
})

test('a place that is left is given once: whoever comes later waits', async () => {
  const { begun, run } = makeStage(1)
  const first = run('first')
  run('waits')
  first.resolve('')
  await tick()
  run('late')
  await tick()

  expect(begun).toEqual(['first', 'waits'])
})

test('work that is called off while it waits never begins, and nobody waits for it', async () => {
  const { begun, run } = makeStage(1)
  const [first, calledOff] = [run('first'), new AbortController()]
  const waits = run('waits', calledOff.signal)
  run('last')

  calledOff.abort(new Error('not wanted any more'))
  await expect(waits.work).rejects.toThrow('not wanted any more')
  first.resolve('')
  await tick()

  expect(begun).toEqual(['first', 'last'])
  await expect(run('late', calledOff.signal).work).rejects.toThrow('not wanted any more')
})

test('work that has begun is not called off', async () => {
  const { run } = makeStage(1)
  const [first, calledOff] = [run('first'), new AbortController()]
  const second = run('second', calledOff.signal)
  first.resolve('')
  await tick()

  calledOff.abort()
  second.resolve('done')

  expect(await second.work).toBe('done')
})
