import { expect, test } from 'vitest'
import { type Errand, makeErrands } from './errands.ts'

const chat = 33n
const first = { at: new Date(1_000), seen: new Date(1_100) }
const second = { at: new Date(2_000), seen: new Date(2_100) }

const merged: [string, Partial<Errand>, Partial<Errand>, Partial<Errand>][] = [
  ['due when the earlier is', { dueAt: 100 }, { dueAt: 200 }, { dueAt: 100 }],
  ['due earlier if the later one is', { dueAt: 200 }, { dueAt: 100 }, { dueAt: 100 }],
  ['not hurried after a failure', { dueAt: 900, failures: 2 }, { dueAt: 100 }, { dueAt: 900, failures: 2 }],
  [
    'for all messages that are wanted',
    { wanted: new Set([1n]) },
    { wanted: new Set([2n]) },
    { wanted: new Set([1n, 2n]) },
  ],
  ['for the whole chat if either is', { isWhole: true }, {}, { isWhole: true }],
  ['silent if either is', { isSilent: true }, {}, { isSilent: true }],
  ['by the time that was told first', { told: first }, { told: second }, { told: first }],
  [
    'as often failed, and tried, as the more so',
    { misfits: 2, tries: 0 },
    { misfits: 0, tries: 1 },
    { misfits: 2, tries: 1 },
  ],
]

test.each(merged)('two errands to one chat are one, %s', (_how, standing, added, expected) => {
  const errands = makeErrands()
  errands.add('news', chat, standing)
  errands.add('news', chat, added)

  expect(errands.count()).toBe(1)
  expect(errands.take('news', 1_000)).toMatchObject({ chatId: chat, ...expected })
  expect(errands.take('news', 1_000)).toBeUndefined()
})

test('what somebody waits for leaves the backlog, and does not go back', () => {
  const errands = makeErrands()
  errands.add('backlog', chat, { isWhole: true })
  errands.add('news', chat)
  errands.add('backlog', chat)

  expect(errands.take('backlog', 0)).toBeUndefined()
  expect(errands.take('news', 0)).toMatchObject({ isWhole: true })
})

test('a chat is read by one at a time, and then again if there was more', () => {
  const errands = makeErrands()
  errands.add('news', chat)
  errands.take('news', 0)
  errands.add('news', chat)

  expect(errands.take('news', 0)).toBeUndefined()
  expect(errands.nextDueAt('news')).toBe(Number.POSITIVE_INFINITY)
  expect(errands.count()).toBe(2)

  errands.done(chat)

  expect(errands.take('news', 0)).toMatchObject({ chatId: chat })
})

test('what is not due yet is not taken', () => {
  const errands = makeErrands()
  errands.add('news', chat, { dueAt: 500 })

  expect(errands.take('news', 499)).toBeUndefined()
  expect(errands.nextDueAt('news')).toBe(500)
  expect(errands.take('news', 500)).toMatchObject({ chatId: chat })
})

test('a chat that is being read and waits to be read again is one', () => {
  const errands = makeErrands()
  errands.add('backlog', 1n)
  errands.take('backlog', 0)
  errands.add('news', 1n)

  expect(errands.countChats()).toBe(1)
  errands.done(1n)
  expect(errands.countChats()).toBe(1)
})
