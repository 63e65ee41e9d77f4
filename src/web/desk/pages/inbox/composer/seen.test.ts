import { expect, test } from 'vitest'
import { onWire } from '#contract'
import type { Message } from '#desk-protocol'
import { countUnseen, seenOf } from './seen.ts'

const senders = { b: 'customer', s: 'partner', m: 'market', a: 'support' } as const
type Letter = keyof typeof senders
/** `bsb`: the buyer, the shop, the buyer; their ids are 1, 2, 3. */
const written = (letters: string): Message[] =>
  [...letters].map((letter, index) => ({
    messageId: index + 1,
    createdAt: '2026-03-01T12:00:00Z',
    sender: onWire(senders[letter as Letter]), // of the letters above
  }))

test.each([
  ['bs', 1, 2, 0],
  ['bsb', 1, 2, 1],
  ['bb', 1, 1, 1],
  ['bma', 1, 2, 1],
  ['b', 1, 1, 0],
  ['bsbsb', 1, 2, 2],
])('of %s, seen up to %d: %d is seen with what the shop wrote itself, %d are not', (letters, since, seen, unseen) => {
  const messages = written(letters)

  expect(seenOf(messages, since)).toBe(seen)
  expect(countUnseen(messages, seen)).toBe(unseen)
})

test('of a chat that had no message, what the buyer wrote since is unseen', () => {
  expect(seenOf(written('b'), undefined)).toBeUndefined()
  expect(countUnseen(written('b'), undefined)).toBe(1)
})
