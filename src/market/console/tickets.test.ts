import { expect, test } from 'vitest'
import { Tickets } from './tickets.ts'

test('a ticket is taken once, and gives what was kept with it', () => {
  const tickets = new Tickets<number>()
  const ticket = tickets.make(7)

  expect(tickets.take(`${ticket}x`)).toBeUndefined()
  expect(tickets.take(ticket)).toBe(7)
  expect(tickets.take(ticket)).toBeUndefined()
})

test('of a thousand and one tickets the first is forgotten', () => {
  const tickets = new Tickets<number>()
  const made = Array.from({ length: 1001 }, (_, number) => tickets.make(number))

  expect(tickets.take(made[0] ?? '')).toBeUndefined()
  expect(tickets.take(made[1] ?? '')).toBe(1)
})
