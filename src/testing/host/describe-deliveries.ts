import type { Expectation } from '../link/protocol.ts'

/** As the admin API lists it. */
export type Delivery = {
  deliveryId: string
  type: string
  chatId: number
  messageId?: number
  state: string
  /** Newest first. */
  attempts: { outcome: string; status?: number; failure?: { reason: string } }[]
}

/** What was waited for in vain, and what came instead. */
export function describeDeliveries(wanted: Expectation, deliveries: readonly Delivery[], taken: Set<string>): string {
  const { type, chatId, answered, withinMs } = wanted
  const where = chatId === undefined ? '' : ` of chat ${chatId}`
  const how = answered === undefined ? 'was taken' : `was answered with ${answered}`
  const head = `No ${type}${where} ${how} within ${withinMs / 1_000} s.`
  if (deliveries.length === 0) return `${head} The market has told nothing.`
  const stuckAt = deliveries.findIndex(({ state, attempts }) => state === 'WAITING' && attempts.length > 0)
  const lines = deliveries.map((each, at) => {
    const isBehind = stuckAt >= 0 && at > stuckAt
    return `  ${describe(each, isBehind)}${taken.has(each.deliveryId) ? ' (expected before)' : ''}`
  })
  return [`${head} What the market has told:`, ...lines].join('\n')
}

/** `isBehind` one that is to be tried again: the market keeps their order. */
function describe({ type, chatId, messageId, state, attempts }: Delivery, isBehind: boolean): string {
  const what = `${type.padEnd(24)}chat ${chatId}${messageId === undefined ? '' : `, message ${messageId}`}`
  if (attempts.length === 0)
    return `${what}  →  ${isBehind ? 'not sent yet: it waits for the one before' : 'not answered yet'}`
  return `${what}  →  ${describeAttempts(attempts)}${state === 'WAITING' ? ': to be tried again, advance the clock' : ''}`
}

function describeAttempts(attempts: Delivery['attempts']): string {
  return attempts
    .map(({ status, failure }) => `${status ?? failure?.reason}`)
    .toReversed()
    .join(', ')
}
