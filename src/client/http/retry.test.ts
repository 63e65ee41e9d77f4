import { expect, test } from 'vitest'
import { type AttemptFailure, type CallKind, leavesUnknown, rules, waitBefore } from './retry.ts'

// How often a call is made in all, and whether its failure leaves unknown what became of a send.
const table: [AttemptFailure, Record<CallKind, number>, 'known' | 'unknown'][] = [
  ['hourly', { read: 6, send: 6, keyedSend: 6 }, 'known'],
  ['crowded', { read: 12, send: 12, keyedSend: 12 }, 'known'],
  ['unreached', { read: 4, send: 4, keyedSend: 4 }, 'known'],
  ['unavailable', { read: 4, send: 1, keyedSend: 4 }, 'unknown'],
  ['lost', { read: 4, send: 1, keyedSend: 4 }, 'unknown'],
  ['timedOut', { read: 4, send: 1, keyedSend: 4 }, 'unknown'],
  ['misfit', { read: 1, send: 1, keyedSend: 4 }, 'unknown'],
  ['refused', { read: 1, send: 1, keyedSend: 1 }, 'known'],
]

test.each(table)('after %s it is tried %o times in all, and then it is %s', (failure, attempts, knowledge) => {
  expect({
    read: rules.read[failure].attempts,
    send: rules.send[failure].attempts,
    keyedSend: rules.keyedSend[failure].attempts,
  }).toEqual(attempts)
  expect(leavesUnknown[failure]).toBe(knowledge === 'unknown')
})

test('a send of which nobody can tell is made again only where the server honours its key', () => {
  const failures = table.map(([failure]) => failure)
  const repeated = failures.filter(failure => leavesUnknown[failure] && rules.send[failure].attempts > 1)
  expect(repeated).toEqual([])
})

const min = () => 0
const max = () => 1

test('waits grow twofold to ten seconds, and chance takes any part of them', () => {
  const waits = [1, 2, 3, 6, 7, 50].map(made => waitBefore('growing', { made, random: max }))
  expect(waits).toEqual([250, 500, 1000, 8000, 10_000, 10_000])
  expect(waitBefore('growing', { made: 3, random: min })).toBe(0)
})

test('a crowd is given half of its wait at least', () => {
  expect([1, 2, 9].map(made => waitBefore('short', { made, random: max }))).toEqual([100, 200, 3000])
  expect([1, 2, 9].map(made => waitBefore('short', { made, random: min }))).toEqual([50, 100, 1500])
})

test('an hour is waited for until the moment told, a little longer, and never longer than an hour', () => {
  const wait = (untilMs: number | undefined, random: () => number) =>
    waitBefore('untilTold', { made: 1, untilMs, random })
  expect(wait(90_000, min)).toBe(90_000)
  expect(wait(90_000, max)).toBe(91_000)
  expect(wait(99_999_999, min)).toBe(3_600_000)
})

test('an end of the hour that was not told or is past is waited for in growing steps', () => {
  const waits = [1, 2, 3, 4, 5].map(made => waitBefore('untilTold', { made, untilMs: -5, random: max }))
  expect(waits).toEqual([1000, 4000, 16_000, 60_000, 60_000])
  expect(waitBefore('untilTold', { made: 1, random: min })).toBe(500)
})
