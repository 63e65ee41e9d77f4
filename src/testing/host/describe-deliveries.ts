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
  const lines = deliveries.map(each => `  ${describe(each)}${taken.has(each.deliveryId) ? ' (expected before)' : ''}`)
  return [`${head} What the market has told:`, ...lines].join('\n')
}

function describe({ type, chatId, messageId, state, attempts }: Delivery): string {
  const what = `${type.padEnd(24)}chat ${chatId}${messageId === undefined ? '' : `, message ${messageId}`}`
  return `${what}  →  ${describeAttempts(attempts)}${state === 'WAITING' && attempts.length > 0 ? ': to be tried again, advance the clock' : ''}`
}

function describeAttempts(attempts: Delivery['attempts']): string {
  if (attempts.length === 0) return 'not answered yet'
  return attempts
    .map(({ status, failure }) => `${status ?? failure?.reason}`)
    .toReversed()
    .join(', ')
}
