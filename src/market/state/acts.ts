import { inside } from '#contract'
import { type ChatEvent, type ChatState, nextState } from '../chats/transitions.ts'
import type { StateChat, StateMessage } from './declaration.ts'

const events: Record<StateMessage['from'], ChatEvent> = {
  customer: 'customer_writes',
  shop: 'partner_writes',
  support: 'support_writes',
  market: 'market_writes',
}

export function eventOf({ from }: Pick<StateMessage, 'from'>): ChatEvent {
  return events[from]
}

const asking = {
  waiting_for_customer: 'asks_customer',
  waiting_for_partner: 'asks_partner',
  waiting_for_arbiter: 'asks_arbiter',
  waiting_for_market: 'asks_market',
} as const satisfies Partial<Record<ChatState['status'], ChatEvent>>

/** What must happen after its messages for the chat to be as it is told; undefined if it cannot become that. */
export function actsTowards(
  chat: Pick<StateChat, 'order' | 'return' | 'customer' | 'type' | 'status' | 'messages'>,
): ChatEvent[] | undefined {
  const written = stateAfter(chat.messages ?? [])
  const type = inside(chat.type ?? 'CHAT')
  const status = chat.status === undefined ? undefined : inside(chat.status)
  if (type === 'chat' && (status === undefined || status === written.status)) return []
  const isDirect = chat.customer !== undefined
  const acts = type === 'chat' ? actsOfChat(status) : isDirect ? [] : actsOfDispute(status)
  let state: ChatState | undefined = written
  for (const act of acts) state = state && nextState(state, act)
  return state?.type === type && (status === undefined || state.status === status) ? acts : undefined
}

/** Messages alone open no dispute and finish nothing. */
export function stateAfter(messages: readonly Pick<StateMessage, 'from'>[]): ChatState {
  return messages.reduce<ChatState>((state, message) => nextState(state, eventOf(message)) ?? state, {
    type: 'chat',
    status: 'new',
  })
}

function actsOfChat(status: ChatState['status'] | undefined): ChatEvent[] {
  if (status === 'finished') return ['closed']
  return status === undefined || status === 'new' ? [] : [asking[status]]
}

function actsOfDispute(status: ChatState['status'] | undefined): ChatEvent[] {
  if (status === 'finished') return ['dispute_opened', 'dispute_finished']
  if (status === undefined || status === 'waiting_for_arbiter') return ['dispute_opened']
  return status === 'new' ? [] : ['dispute_opened', asking[status]]
}
