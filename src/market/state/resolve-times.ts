import type { StateChat } from './declaration.ts'
import { StateRefused } from './issues.ts'
import { resolveTime } from './times.ts'

const minuteMs = 60_000

/** The moment that is told, or now. Throws StateRefused if it is still to come. */
export function momentOf(text: string | undefined, now: Date, at: string): Date {
  return text === undefined ? now : pastOnly(resolveTime(text, { now, before: now }), now, at)
}

/** When a chat was opened, and each of its messages written. Throws StateRefused for what is not in the past, or steps back. */
export function chatTimes(
  { opened, messages = [] }: StateChat,
  now: Date,
  at: string,
): { opened: Date; written: Date[] } {
  const first = messages[0]?.at
  const start = opened ?? (first?.startsWith('+') ? undefined : first)
  const openedAt = momentOf(start, now, `${at}.${opened === undefined ? 'messages[0].at' : 'opened'}`)
  const written: Date[] = []
  for (const [n, message] of messages.entries()) {
    const before = written.at(-1) ?? openedAt
    const place = `${at}.messages[${n}].at`
    // By themselves messages follow each other, up to now.
    const following = new Date(Math.min(before.getTime() + (n === 0 ? 0 : minuteMs), now.getTime()))
    const moment = message.at === undefined ? following : pastOnly(resolveTime(message.at, { now, before }), now, place)
    if (moment < before) throw new StateRefused(place, 'before what is before')
    written.push(moment)
  }
  return { opened: openedAt, written }
}

function pastOnly(moment: Date, now: Date, at: string): Date {
  if (moment > now) throw new StateRefused(at, 'in the future')
  return moment
}
