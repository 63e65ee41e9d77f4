/** Whether a time of the day, as 22:30, lies in the quiet hours, which may go over midnight. */
export function isQuiet(at: string, from: string | undefined, to: string | undefined): boolean {
  if (!from || !to || from === to) return false
  return from < to ? at >= from && at < to : at >= from || at < to
}

export function timeOfDay(at: Date): string {
  return [at.getHours(), at.getMinutes()].map(part => String(part).padStart(2, '0')).join(':')
}
