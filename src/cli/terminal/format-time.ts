import type { Language } from '../texts/language.ts'

const steps = [
  { unit: 'second', ms: 1000, max: 60 },
  { unit: 'minute', ms: 60_000, max: 60 },
  { unit: 'hour', ms: 3_600_000, max: 24 },
  { unit: 'day', ms: 86_400_000, max: 7 },
] as const

/** `5 min. ago`; from a week on, the date. */
export function relativeTime(at: Date, now: Date, language: Language): string {
  const agoMs = Math.max(now.getTime() - at.getTime(), 0)
  const step = steps.find(({ ms, max }) => agoMs < ms * max)
  if (step === undefined) return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  return relative.format(-Math.floor(agoMs / step.ms), step.unit)
}

/** `14:02` where the reader is. */
export function timeOfDay(at: Date): string {
  return at.toTimeString().slice(0, 5)
}

/** `14:02:07` where the reader is. */
export function clockTime(at: Date): string {
  return at.toTimeString().slice(0, 8)
}

/** `21 November 2026` where the reader is. */
export function dayOf(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(at)
}
