const moscowOffsetMs = 3 * 60 * 60 * 1000

/** REST dates: ISO 8601 to the second with `+03:00`, as the published examples have them. */
export function restDate(date: Date): string {
  return `${new Date(date.getTime() + moscowOffsetMs).toISOString().slice(0, 19)}+03:00`
}

/** Notification dates: UTC with `Z` and a fraction. */
export function notificationDate(date: Date): string {
  return date.toISOString()
}

/** The day of a moment in Moscow: `2026-03-01`. */
export function restDay(date: Date): string {
  return restDate(date).slice(0, 10)
}

/** The moment at which a day begins in Moscow; undefined if the text is no day. */
export function parseRestDay(text: string): Date | undefined {
  const begin = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00+03:00` : Number.NaN)
  return Number.isNaN(begin.getTime()) || restDay(begin) !== text ? undefined : begin
}

/** A moment with its offset; undefined if the text is none. */
export function parseMoment(text: string): Date | undefined {
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const moment = new Date(isWhole ? text : Number.NaN)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}
