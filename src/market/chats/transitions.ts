import type { ChatStatus, ChatType, Inside } from '#contract'

/** What can happen to a chat. */
export const chatEvents = [
  'partner_writes',
  'customer_writes',
  'support_writes',
  'market_writes',
  'asks_partner',
  'asks_customer',
  'asks_arbiter',
  'asks_market',
  'dispute_opened',
  'dispute_finished',
  'closed',
] as const
export type ChatEvent = (typeof chatEvents)[number]

export type ChatState = { type: Inside<ChatType>; status: Inside<ChatStatus> }

type Phase = 'conversation' | 'dispute' | 'finished conversation' | 'finished dispute'

const chat = (status: ChatState['status']): ChatState => ({ type: 'chat', status })
const dispute = (status: ChatState['status']): ChatState => ({ type: 'arbitrage', status })

const reopened = {
  partner_writes: chat('waiting_for_customer'),
  customer_writes: chat('waiting_for_partner'),
  asks_partner: chat('waiting_for_partner'),
  asks_customer: chat('waiting_for_customer'),
  asks_market: chat('waiting_for_market'),
} satisfies Partial<Record<ChatEvent, ChatState>>

/**
 * The one transition table; market.next_state in SQL is the same, cell by cell. An event that is not named is refused in
 * that phase, save support_writes and market_writes, which change nothing in any. Whether a shop may write into a finished chat at
 * all is asked before this table: its business says so (finishedChats), and market.post_messages refuses it.
 */
const table: Record<Phase, Partial<Record<ChatEvent, ChatState>>> = {
  conversation: {
    ...reopened,
    dispute_opened: dispute('waiting_for_arbiter'),
    closed: chat('finished'),
  },
  dispute: {
    partner_writes: dispute('waiting_for_arbiter'),
    customer_writes: dispute('waiting_for_arbiter'),
    asks_partner: dispute('waiting_for_partner'),
    asks_customer: dispute('waiting_for_customer'),
    asks_arbiter: dispute('waiting_for_arbiter'),
    asks_market: dispute('waiting_for_market'),
    dispute_finished: dispute('finished'),
  },
  'finished conversation': {
    ...reopened,
    dispute_opened: dispute('waiting_for_arbiter'),
    closed: chat('finished'),
  },
  'finished dispute': { ...reopened, closed: dispute('finished') },
}

/** The state after an event, or undefined if the event is refused. */
export function nextState(state: ChatState, event: ChatEvent): ChatState | undefined {
  if (event === 'support_writes' || event === 'market_writes') return state
  return table[phaseOf(state)][event]
}

function phaseOf({ type, status }: ChatState): Phase {
  const phase = type === 'chat' ? 'conversation' : 'dispute'
  return status === 'finished' ? `finished ${phase}` : phase
}
