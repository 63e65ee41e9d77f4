import { expect, test } from 'vitest'
import { type Act, answerStates, nextState, transitions } from './transitions.ts'

test('every cell of the table is as it is written here', () => {
  const acts = Object.keys(transitions) as Act[] // the keys of a table that is written out
  const rows = answerStates.map(state => [state, acts.flatMap(act => nextState(state, act) ?? [])] as const)

  expect(Object.fromEntries(rows)).toEqual({
    waiting: ['cancelled', 'sending'],
    sending: ['waiting', 'sending', 'sent', 'failed', 'unknown', 'confirmed'],
    sent: ['confirmed'],
    confirmed: [],
    failed: ['waiting', 'cancelled'],
    unknown: ['confirmed', 'waiting', 'cancelled'],
    cancelled: [],
  })
})

test('an answer of which nobody can tell is never sent again without a person, and a sent one never', () => {
  const bySelf = (Object.keys(transitions) as Act[]).filter(act => act !== 'again') // as above
  expect(bySelf.map(act => nextState('unknown', act))).not.toContain('waiting')
  expect(bySelf.map(act => nextState('sent', act))).not.toContain('waiting')
})
