import { clockTime, dayOf } from '../terminal/format-time.ts'
import { paint } from '../terminal/print.ts'
import { onOneLine } from '../terminal/printable.ts'
import { formatRows, formatTable } from '../terminal/table.ts'
import type { Texts } from '../texts/index.ts'
import type { Attempt, Delivery } from './read-deliveries.ts'

const colours = {
  WAITING: 'yellow',
  IN_FLIGHT: 'yellow',
  DELIVERED: 'green',
  REFUSED: 'red',
  CANCELLED: 'dim',
} as const

type Look = { receivers: ReadonlyMap<bigint, string>; texts: Texts }

/**
 * Newest first, as they come; whom they tell, where that is more than one. The id is what `events show` and `events resend`
 * take: it is never cut.
 */
export function eventTable(
  deliveries: readonly Delivery[],
  { receivers, texts, maxWidth }: Look & { maxWidth: number | undefined },
): string[] {
  const { at, type, chat, message, to, state, attempts, event } = texts.events.columns
  const isToMany = new Set(deliveries.map(each => each.subscriptionId)).size > 1
  const rows = deliveries.map(each => [
    clockTime(new Date(each.happenedAt)),
    each.type,
    `${each.chatId}`,
    `${each.messageId ?? ''}`,
    ...(isToMany ? [nameOf(each, receivers)] : []),
    texts.events.states[each.state],
    attemptsOf(each),
    each.deliveryId,
  ])
  const paintState = (text: string, row: number) => paint(colours[deliveries[row]?.state ?? 'CANCELLED'], text)
  const columns = [
    { title: at, isFirm: true as const },
    { title: type },
    { title: chat, align: 'right' as const, isFirm: true as const },
    { title: message, align: 'right' as const },
    ...(isToMany ? [{ title: to }] : []),
    { title: state, paint: paintState },
    { title: attempts },
    { title: event, isFirm: true as const, paint: (text: string) => paint('dim', text) },
  ]
  return formatTable(columns, rows, { maxWidth, paintTitle: text => paint('dim', text) })
}

export function eventRows(delivery: Delivery, { receivers, texts }: Look): string[] {
  const { deliveryId, type, chatId, messageId, happenedAt, state } = delivery
  const { columns, states } = texts.events
  const at = new Date(happenedAt)
  const rows: [string, string][] = [
    [columns.event, deliveryId],
    [columns.type, type],
    [columns.chat, `${chatId}`],
    [columns.message, `${messageId ?? ''}`],
    [columns.to, nameOf(delivery, receivers)],
    [columns.at, `${dayOf(at, texts.language)}, ${clockTime(at)}`],
    [columns.state, states[state]],
  ]
  return formatRows(
    rows.filter(([, value]) => value !== ''),
    title => paint('dim', title),
  )
}

/** Newest first. */
export function attemptLines(attempts: readonly Attempt[], { attempts: said, events }: Texts): string[] {
  if (attempts.length === 0) return [events.noAttempts]
  return attempts.map(attempt => {
    const { startedAt, durationMs, outcome } = attempt
    const colour = outcome === 'DELIVERED' ? 'green' : outcome === 'REFUSED' ? 'yellow' : 'red'
    const head = `${`${attempt.attempt}`.padStart(4)}  ${clockTime(new Date(startedAt))}`
    return `${head}  ${paint(colour, `${answerOf(attempt)}  ${said.took(durationMs)}`)}`
  })
}

/** Of a subscription that was removed meanwhile its number. */
function nameOf({ subscriptionId }: Delivery, receivers: Look['receivers']): string {
  return onOneLine(receivers.get(subscriptionId) ?? `${subscriptionId}`)
}

/** How many, and what the last one came to. */
function attemptsOf({ attempts, attemptCount }: Delivery): string {
  const [last] = attempts
  return last ? `${attemptCount} · ${answerOf(last)}` : `${attemptCount}`
}

function answerOf({ status, failure }: Attempt): string {
  if (failure === undefined || (failure.reason === 'HTTP' && status !== undefined)) return `${status ?? ''}`
  return onOneLine(failure.reason)
}
