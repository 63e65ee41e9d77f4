import { expect, test } from 'vitest'
import { makeHeldClock } from '../../../test/support/client-clocks.ts'
import type { ClientClock } from '../clock.ts'
import { InvalidInput } from '../errors.ts'
import type { Urgency } from '../types.ts'
import { Budget } from './budget.ts'
import { urgencies } from './reserves.ts'

/** Work that lasts until the test ends it, and the order in which it began. */
function makeWorks(budget: Budget) {
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const start = (
    name: string,
    urgency: Urgency = 'news',
    { key = 'reading', signal }: { key?: string; signal?: AbortSignal } = {},
  ) =>
    budget.run({ key, urgency, signal }, () => {
      began.push(name)
      return new Promise<void>(resolve => ends.set(name, resolve))
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    await settle()
  }
  return { began, start, end }
}

const settle = () => new Promise(resolve => setImmediate(resolve))
const until = new Date('2026-01-16T10:30:00Z')

test('no more than so many are under way at once, and one that fails makes room too', async () => {
  const budget = new Budget({ parallel: 2, clock: makeHeldClock() })
  let maxRunning = 0
  let running = 0
  const work = async (index: number) => {
    maxRunning = Math.max(maxRunning, ++running)
    await settle()
    running--
    if (index % 3 === 0) throw new Error('failed')
  }
  const works = Array.from({ length: 20 }, (_, index) => budget.run({ key: 'a', urgency: 'news' }, () => work(index)))

  const ended = await Promise.allSettled(works)
  expect(maxRunning).toBe(2)
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(7)
})

test('the more urgent begins first, and of the same urgency who came first', async () => {
  const { began, start, end } = makeWorks(new Budget({ parallel: 1, clock: makeHeldClock() }))
  void start('running')
  for (const turn of [1, 2]) for (const urgency of [...urgencies].reverse()) void start(`${urgency} ${turn}`, urgency)
  for (let count = 0; count < 9; count++) await end(began.at(-1) ?? '')

  expect(began).toEqual(['running', ...urgencies.flatMap(urgency => [`${urgency} 1`, `${urgency} 2`])])
})

test('of the same urgency who came first begins first, whatever each asks for', async () => {
  const { began, start, end } = makeWorks(new Budget({ parallel: 1, clock: makeHeldClock() }))
  void start('running')
  for (const [name, key] of Object.entries({ one: 'b', two: 'a', three: 'b', four: 'a' }))
    void start(name, 'news', { key })
  for (let count = 0; count < 5; count++) await end(began.at(-1) ?? '')

  expect(began).toEqual(['running', 'one', 'two', 'three', 'four'])
})

test('who waits for an hour that ends sooner than that of another is not held up by him', async () => {
  const clock = makeHeldClock()
  const budget = new Budget({ parallel: 1, clock })
  const { began, start } = makeWorks(budget)
  budget.tell('late', { limit: 1000, remaining: 0, until })
  budget.tell('soon', { limit: 1000, remaining: 0, until: new Date('2026-01-16T10:10:00Z') })
  void start('late', 'person', { key: 'late' })
  void start('soon', 'person', { key: 'soon' })
  clock.advance(10 * 60 * 1000)
  await settle()

  expect(began).toEqual(['soon'])
})

test('a clock that is set ahead over the end of an hour does not leave others waiting for an alarm of before', async () => {
  const held = makeHeldClock()
  let aheadMs = 0
  const clock = { ...held, now: () => new Date(held.now().getTime() + aheadMs) }
  const budget = new Budget({ parallel: 1, clock })
  const { began, start } = makeWorks(budget)
  budget.tell('reading', { limit: 1000, remaining: 0, until })
  void start('one', 'person')
  aheadMs = 60 * 60 * 1000
  budget.tell('reading', { limit: 1000, remaining: 0, until: new Date('2026-01-16T11:05:00Z') })
  void start('two', 'person')
  held.advance(5 * 60 * 1000)
  await settle()

  expect(began).toEqual(['one'])
})

test('who is aborted leaves the queue with the reason, and nobody is held up by it', async () => {
  const { began, start, end } = makeWorks(new Budget({ parallel: 1, clock: makeHeldClock() }))
  const leaving = new AbortController()
  void start('running')
  const left = start('left', 'person', { signal: leaving.signal })
  void start('next')
  const reason = new Error('changed my mind')
  leaving.abort(reason)

  await expect(left).rejects.toBe(reason)
  await end('running')
  expect(began).toEqual(['running', 'next'])
  await expect(start('late', 'person', { signal: leaving.signal })).rejects.toBe(reason)
})

test('who is aborted under way has left the queue, and takes nobody with him', async () => {
  const { began, start, end } = makeWorks(new Budget({ parallel: 1, clock: makeHeldClock() }))
  const leaving = new AbortController()
  void start('running', 'news', { signal: leaving.signal })
  void start('next')
  await settle()
  leaving.abort()
  await end('running')

  expect(began).toEqual(['running', 'next'])
})

test('an hour that is used up is waited for to its end, and only by those who ask for the same', async () => {
  const clock = makeHeldClock()
  const budget = new Budget({ parallel: 2, clock })
  const { began, start } = makeWorks(budget)
  budget.tell('sending', { limit: 1000, remaining: 0, until })
  void start('send', 'person', { key: 'sending' })
  void start('read', 'backfill')

  await settle()
  expect(began).toEqual(['read'])
  clock.advance(30 * 60 * 1000 - 1)
  await settle()
  expect(began).toEqual(['read'])
  clock.advance(1)
  await settle()
  expect(began).toEqual(['read', 'send'])
})

test('when the last of those who wait for an hour has left, nobody waits: a timer would keep the process alive', async () => {
  const held = makeHeldClock()
  const timers = new Set<number>()
  const wait: ClientClock['wait'] = async (ms, signal) => {
    timers.add(ms)
    await held.wait(ms, signal).finally(() => timers.delete(ms))
  }
  const budget = new Budget({ clock: { now: held.now, wait } })
  const { start } = makeWorks(budget)
  const leaving = new AbortController()
  budget.tell('reading', { limit: 1000, remaining: 0, until })
  const left = start('left', 'person', { signal: leaving.signal })
  expect(timers.size).toBe(1)
  leaving.abort(new Error('enough'))

  await expect(left).rejects.toThrow('enough')
  await settle()
  expect(timers.size).toBe(0)
})

test('a clock that is set back leaves nobody waiting for an hour that is long over', async () => {
  const clock = { ...makeHeldClock(), now: () => now }
  let now = new Date('2026-01-16T10:00:00Z')
  const budget = new Budget({ parallel: 1, clock })
  const { began, start, end } = makeWorks(budget)
  budget.tell('reading', { limit: 1000, remaining: 0, until })
  now = new Date('2026-01-16T07:00:00Z')
  void start('one', 'person')
  await settle()
  expect(began).toEqual(['one'])

  const told = { limit: 1000, remaining: 0, until: new Date('2026-01-16T07:30:00Z') }
  budget.tell('reading', told)
  expect(budget.quotaOf('reading')).toEqual(told)
  await end('one')
  void start('two', 'person')
  await settle()
  expect(began).toEqual(['one'])
})

test('two of one hour that has one left do not both begin', async () => {
  const budget = new Budget({ parallel: 2, clock: makeHeldClock() })
  const { began, start, end } = makeWorks(budget)
  budget.tell('reading', { limit: 1000, remaining: 1, until })
  void start('first', 'person')
  void start('second', 'person')
  await settle()
  expect(began).toEqual(['first'])

  budget.tell('reading', { limit: 1000, remaining: 0, until })
  await end('first')
  expect(began).toEqual(['first'])
})

test('a call that is over no longer counts as under way', async () => {
  const budget = new Budget({ parallel: 2, clock: makeHeldClock() })
  const { began, start, end } = makeWorks(budget)
  budget.tell('reading', { limit: 1000, remaining: 1, until })
  void start('unlucky', 'person')
  void start('next', 'person')
  await settle()
  await end('unlucky')

  expect(began).toEqual(['unlucky', 'next'])
})

test('backfill in the second half of its hour goes at an even pace', async () => {
  const clock = makeHeldClock()
  const budget = new Budget({ parallel: 2, clock })
  // 120 of 400 are left, 80 of them are others': 40 in half an hour are one in 45 seconds.
  budget.tell('reading', { limit: 400, remaining: 120, until })
  const at: number[] = []
  const start = clock.now().getTime()
  for (let count = 0; count < 3; count++) {
    void budget.run({ key: 'reading', urgency: 'backfill' }, async () => at.push(clock.now().getTime() - start))
  }
  for (let second = 0; second < 120; second++) {
    await settle()
    clock.advance(1000)
  }
  expect(at).toHaveLength(3)
  expect(at[0]).toBe(0)
  expect((at[1] ?? 0) / 1000).toBeGreaterThanOrEqual(44)
  expect(((at[2] ?? 0) - (at[1] ?? 0)) / 1000).toBeGreaterThanOrEqual(43)
})

test('an urgency that nobody knows is refused', async () => {
  const hurry = 'at once' as Urgency // what a JavaScript caller may write
  await expect(new Budget().run({ key: 'a', urgency: hurry }, async () => {})).rejects.toBeInstanceOf(InvalidInput)
})

test('a budget for no calls, or for half of one, is none', () => {
  for (const parallel of [0, -1, 1.5, Number.NaN]) expect(() => new Budget({ parallel })).toThrow(InvalidInput)
})

test('the first of a queue is told until when it waits, each time it is looked at, and no more when it has begun', async () => {
  const clock = makeHeldClock()
  const budget = new Budget({ parallel: 1, clock })
  budget.tell('a', { limit: 100, remaining: 3, until })
  const waits: string[] = []
  const wait = (urgency: Urgency, key = 'a') =>
    budget.run({ key, urgency, onWait: at => waits.push(`${urgency} ${key} ${at.toISOString()}`) }, async () => {})

  const news = wait('news')
  await wait('person')
  await wait('news', 'b')
  const told = new Set(waits)
  clock.advance(30 * 60_000)
  await news

  expect([...told]).toEqual([`news a ${until.toISOString()}`])
  expect(new Set(waits)).toEqual(told)
})
