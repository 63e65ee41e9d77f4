/**
 * When each of the last days began where the clocks show this time zone, the oldest first and today last. Throws a RangeError if there is no
 * such time zone.
 */
export function startsOfDays(now: Date, timeZone: string, count: number): Date[] {
  const clock = new Intl.DateTimeFormat('en', { ...fields, timeZone })
  const { year, month, day } = shownBy(clock, now)
  return Array.from({ length: count }, (_, index) =>
    instantOf(clock, Date.UTC(year, month - 1, day - count + 1 + index)),
  )
}

const fields = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const satisfies Intl.DateTimeFormatOptions

function shownBy(clock: Intl.DateTimeFormat, at: Date) {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, ...parts }
}

/** When the clocks show this, written as if it were UTC. Looked at twice: between the first guess and it they may have been changed. */
function instantOf(clock: Intl.DateTimeFormat, shown: number): Date {
  const first = shown - offsetAt(clock, shown)
  return new Date(shown - offsetAt(clock, first))
}

function offsetAt(clock: Intl.DateTimeFormat, at: number): number {
  const { year, month, day, hour, minute, second } = shownBy(clock, new Date(at))
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}
