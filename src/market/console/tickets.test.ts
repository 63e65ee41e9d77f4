import { expect, test } from 'vitest'
import { makeManualClock } from '#kit'
import { Tickets } from './tickets.ts'

const weekMs = 7 * 24 * 60 * 60 * 1000
const clock = makeManualClock(new Date('2026-03-01T09:00:00Z'))
const signing = { secret: Buffer.from('a secret of the tests'), clock }

test('a ticket is read by every process that has the secret, with what was revoked before it was made', () => {
  const made = [new Tickets(signing).make(77), new Tickets(signing).make(77)]
  const read = made.map(ticket => new Tickets(signing).read(ticket))

  expect(read.map(ticket => ticket?.madeAfter)).toEqual([77, 77])
  expect(read[0]?.id).not.toBe(read[1]?.id)
})

test('one of another secret, one that was changed and one that is a week old are none', () => {
  const tickets = new Tickets(signing)
  const ticket = tickets.make(77)
  const [id, endsAt, , signature] = ticket.split('.')

  expect(new Tickets({ ...signing, secret: Buffer.from('another') }).read(ticket)).toBeUndefined()
  for (const changed of [`${ticket}x`, `${ticket}.x`, [id, endsAt, 'zz', signature].join('.'), '', '...'])
    expect(tickets.read(changed)).toBeUndefined()
  clock.advance(weekMs - 1)
  expect(tickets.read(ticket)).toBeDefined()
  clock.advance(1)
  expect(tickets.read(ticket)).toBeUndefined()
})
