import { expect, test } from 'vitest'
import type { ChatContextType, ChatStatus, ChatType } from '#contract'
import { canWaitFor, whyCustomerSilent, whyNoDispute, whyNotClosed } from './possible.ts'

const makeChat = (type: ChatType, status: ChatStatus, about: { context?: ChatContextType; isTest?: boolean } = {}) => ({
  type,
  status,
  context: { type: about.context ?? 'ORDER' },
  isTest: about.isTest ?? false,
})

test.each([
  { chat: makeChat('CHAT', 'NEW'), dispute: undefined, close: undefined },
  { chat: makeChat('CHAT', 'FINISHED'), dispute: undefined, close: 'whyFinished' },
  { chat: makeChat('CHAT', 'NEW', { context: 'DIRECT' }), dispute: 'whyDirect', close: undefined },
  { chat: makeChat('CHAT', 'NEW', { isTest: true }), dispute: 'whyTest', close: undefined },
  { chat: makeChat('ARBITRAGE', 'WAITING_FOR_PARTNER'), dispute: 'whyDisputeOver', close: 'whyDisputeOpen' },
  { chat: makeChat('ARBITRAGE', 'FINISHED'), dispute: 'whyDisputeOver', close: 'whyFinished' },
])('$chat.type $chat.status: a new dispute $dispute, closing $close', ({ chat, dispute, close }) => {
  expect([whyNoDispute(chat, false), whyNotClosed(chat)]).toEqual([dispute, close])
})

test('the customer of a test chat speaks if the business lets them', () => {
  const chat = makeChat('CHAT', 'NEW', { isTest: true })

  expect([whyCustomerSilent(chat, false), whyCustomerSilent(chat, true)]).toEqual(['whyTest', undefined])
})

test('an arbiter is waited for only in an open dispute', () => {
  expect(canWaitFor(makeChat('ARBITRAGE', 'WAITING_FOR_PARTNER'), 'arbiter')).toBe(true)
  expect(canWaitFor(makeChat('ARBITRAGE', 'FINISHED'), 'arbiter')).toBe(false)
  expect(canWaitFor(makeChat('CHAT', 'NEW'), 'market')).toBe(true)
})
