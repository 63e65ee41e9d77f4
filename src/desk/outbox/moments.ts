/**
 * Where a process may end in the middle of an answer: the row says that it is being sent, nothing is asked yet; the market has
 * answered, the row does not know it yet; the row knows.
 */
export type OutboxMoment = 'begun' | 'answered' | 'written'
export type OnOutboxMoment = (moment: OutboxMoment, answerId: string) => unknown
