import { expect, test } from 'vitest'
import { chatStatuses, chatTypes, inside } from '#contract'
import { nextState } from '../chats/transitions.ts'
import { actsTowards, stateAfter } from './acts.ts'

const conversations = [
  [],
  [{ from: 'customer', text: 'a' }],
  [{ from: 'shop', text: 'a' }],
  [{ from: 'market', text: 'a' }],
] as const
const told = chatTypes.flatMap(type => chatStatuses.map(status => ({ type, status })))

test('what can be told of a chat is what the acts make of it, and the rest is refused', () => {
  const wrong = told.flatMap(({ type, status }) =>
    conversations.flatMap(some => {
      const messages = [...some]
      const acts = actsTowards({ messages, type, status })
      const reached = acts?.reduce((state, act) => nextState(state, act) ?? state, stateAfter(messages))
      return acts === undefined || (reached?.type === inside(type) && reached.status === inside(status))
        ? []
        : [{ type, status, acts }]
    }),
  )
  const refused = told.filter(
    ({ type, status }) => actsTowards({ type, status, messages: [{ from: 'customer', text: 'a' }] }) === undefined,
  )

  expect(wrong).toEqual([])
  expect(refused).toEqual([
    { type: 'CHAT', status: 'NEW' },
    { type: 'CHAT', status: 'WAITING_FOR_ARBITER' },
    { type: 'ARBITRAGE', status: 'NEW' },
  ])
})

test('a chat of which nothing is told is as its messages leave it; a direct one has no dispute', () => {
  expect(actsTowards({ messages: [{ from: 'customer', text: 'a' }] })).toEqual([])
  expect(actsTowards({ type: 'ARBITRAGE' })).toEqual(['dispute_opened'])
  expect(actsTowards({ type: 'ARBITRAGE', customer: 'anna' })).toBeUndefined()
})
