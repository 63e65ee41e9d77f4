import { inside } from '#contract'
import type { AdminChat } from './chat.ts'

type State = Pick<AdminChat, 'type' | 'status' | 'context' | 'isTest'>

/** Why an act on a chat is not possible now, as a key of the page's texts. The server decides; the page says it beforehand. */
export type WhyNot = 'whyTest' | 'whyDirect' | 'whyDisputeOver' | 'whyDisputeOpen' | 'whyFinished' | 'whyNoArbiter'

export function isInDispute({ type, status }: State): boolean {
  return inside(type) === 'arbitrage' && inside(status) !== 'finished'
}

/** The customer of a test chat is silent, unless the business's setting lets them answer. */
export function whyCustomerSilent({ isTest }: State, doTestChatsAnswer: boolean): WhyNot | undefined {
  return isTest && !doTestChatsAnswer ? 'whyTest' : undefined
}

export function whyNoDispute(chat: State, doTestChatsAnswer: boolean): WhyNot | undefined {
  if (inside(chat.context.type) === 'direct') return 'whyDirect'
  if (inside(chat.type) === 'arbitrage') return 'whyDisputeOver'
  return whyCustomerSilent(chat, doTestChatsAnswer)
}

export function whyNotClosed(chat: State): WhyNot | undefined {
  if (isInDispute(chat)) return 'whyDisputeOpen'
  return inside(chat.status) === 'finished' ? 'whyFinished' : undefined
}

export const waitsFor = ['partner', 'customer', 'arbiter', 'market'] as const
export type WaitFor = (typeof waitsFor)[number]

/** Whom the arbiter may make the chat wait for. */
export function canWaitFor(chat: State, whom: WaitFor): boolean {
  return whom !== 'arbiter' || isInDispute(chat)
}
