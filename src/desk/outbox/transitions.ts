/** How an answer moves. The market decides between `sending` and what follows it; a person between the ends and anew. */
export const answerStates = ['waiting', 'sending', 'sent', 'confirmed', 'failed', 'unknown', 'cancelled'] as const
export type AnswerState = (typeof answerStates)[number]

type Transition = { from: readonly AnswerState[]; to: AnswerState }

export const transitions = {
  /** Taken back by whoever wrote it: nothing was sent. */
  takeBack: { from: ['waiting'], to: 'cancelled' },
  /** An attempt begins. */
  begin: { from: ['waiting'], to: 'sending' },
  /** Certainly not written, and tried again later. */
  postpone: { from: ['sending'], to: 'waiting' },
  /** Perhaps written; whoever knows cannot be asked now. */
  askLater: { from: ['sending'], to: 'sending' },
  accept: { from: ['sending'], to: 'sent' },
  /** Certainly not written, and not tried again by itself. */
  refuse: { from: ['sending'], to: 'failed' },
  /** Perhaps written: a person decides, or the history shows it late. */
  doubt: { from: ['sending'], to: 'unknown' },
  /** Its message is in the history. In the database: desk.confirm_answers. */
  confirm: { from: ['sending', 'sent', 'unknown'], to: 'confirmed' },
  /** Sent again because a person says so. */
  again: { from: ['failed', 'unknown'], to: 'waiting' },
  /** Put away by a person. */
  dismiss: { from: ['failed', 'unknown'], to: 'cancelled' },
} as const satisfies Record<string, Transition>

export type Act = keyof typeof transitions

/** The state after an act; undefined where it cannot be done. */
export function nextState(state: AnswerState, act: Act): AnswerState | undefined {
  const { from, to }: Transition = transitions[act]
  return from.includes(state) ? to : undefined
}
