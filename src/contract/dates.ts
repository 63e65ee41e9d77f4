const moscowOffsetMs = 3 * 60 * 60 * 1000

/** REST dates: ISO 8601 to the second with `+03:00`, as the published examples have them. */
export function restDate(date: Date): string {
  return `${new Date(date.getTime() + moscowOffsetMs).toISOString().slice(0, 19)}+03:00`
}

/** Notification dates: UTC with `Z` and a fraction. */
export function notificationDate(date: Date): string {
  return date.toISOString()
}
