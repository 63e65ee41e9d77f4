import type { Figures } from './play.ts'

export function noFigures(): Figures {
  const counts = { messages: 0, calls: 0, closed: 0, notifications: 0, statements: 0, crashes: 0, virtualMs: 0 }
  return { ...counts, faults: new Map() }
}

export function addFigures(sum: Figures, one: Figures): void {
  sum.messages += one.messages
  sum.calls += one.calls
  sum.closed += one.closed
  sum.notifications += one.notifications
  sum.statements += one.statements
  sum.crashes += one.crashes
  sum.virtualMs += one.virtualMs
  for (const [kind, count] of one.faults) sum.faults.set(kind, (sum.faults.get(kind) ?? 0) + count)
}

export function formatFigures({
  messages,
  calls,
  closed,
  notifications,
  statements,
  crashes,
  virtualMs,
  faults,
}: Figures): string {
  const number = (n: number) => n.toLocaleString('en').replaceAll(',', ' ')
  const kinds = [...faults].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${kind} ${number(count)}`)
  return [
    `${number(messages)} messages, ${number(calls)} calls, ${number(notifications)} notifications, ${number(statements)} statements`,
    `${number(closed)} messages to finished chats refused`,
    `${number(crashes)} crashes, ${number(Math.round(virtualMs / 3_600_000))} virtual hours`,
    `faults: ${kinds.join(', ')}`,
  ].join('; ')
}
