import { parseMoment } from '#contract'

/** Times of a state file: a moment, or a stretch before now (-2h30m) or after what stands before it (+7m). */
const stretch = '(?:\\d{1,6}[dhms]){1,4}'
const moment = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,3})?)?(?:Z|[+-]\\d\\d:\\d\\d)'
export const timePattern = `^(?:[+-]${stretch}|${moment})$`
const timeForm = new RegExp(timePattern)

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 }

/** Whether it is a time, and one that has a before if it says "after". */
export function isTime(text: string, hasBefore: boolean): boolean {
  if (!timeForm.test(text)) return false
  if (text.startsWith('+')) return hasBefore
  if (text.startsWith('-')) return true
  const moment = parseMoment(text)
  return moment !== undefined && moment.getTime() >= 0
}

/** The moment that is meant; no stretch reaches back beyond 1970, as no moment does. */
export function resolveTime(text: string, { now, before }: { now: Date; before: Date }): Date {
  if (text.startsWith('-')) return new Date(Math.max(0, now.getTime() - lengthMs(text)))
  if (text.startsWith('+')) return new Date(before.getTime() + lengthMs(text))
  return new Date(text)
}

function lengthMs(text: string): number {
  let ms = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([dhms])/g))
    ms += Number(count) * unitMs[unit as keyof typeof unitMs] // the expression has no others
  return ms
}
