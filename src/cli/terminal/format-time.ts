import type { Language } from '../texts/language.ts'

const steps = [
  { unit: 'second', ms: 1000, most: 60 },
  { unit: 'minute', ms: 60_000, most: 60 },
  { unit: 'hour', ms: 3_600_000, most: 24 },
  { unit: 'day', ms: 86_400_000, most: 7 },
] as const

/** `5 min. ago`; from a week on, the date. */
export function relativeTime(at: Date, now: Date, language: Language): string {
  const agoMs = Math.max(now.getTime() - at.getTime(), 0)
  const step = steps.find(({ ms, most }) => agoMs < ms * most)
  if (step === undefined) return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at)
  const spell = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  return spell.format(-Math.floor(agoMs / step.ms), step.unit)
}

/** `14:02` where the reader is. */
export function timeOfDay(at: Date): string {
  return at.toTimeString().slice(0, 5)
}

/** `21 November 2026` where the reader is. */
export function dayOf(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(at)
}

/** `3 min 20 s`, by whole units. */
export function spellDuration(ms: number, language: Language): string {
  const seconds = Math.max(Math.ceil(ms / 1000), 1)
  const parts = [
    { value: Math.floor(seconds / 3600), unit: 'hour' },
    { value: Math.floor((seconds % 3600) / 60), unit: 'minute' },
    { value: seconds % 60, unit: 'second' },
  ]
  const first = parts.findIndex(({ value }) => value > 0)
  const told = parts.slice(first, first + 2).filter(({ value }) => value > 0)
  return told.map(({ value, unit }) => spellUnit(value, unit, language)).join(' ')
}

function spellUnit(value: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** `1.2 MB`, as files are measured by the market: in units of 1024. */
export function spellBytes(bytes: number, language: Language): string {
  const [unit, size] = bytes >= 1024 ** 2 ? (['megabyte', 1024 ** 2] as const) : (['kilobyte', 1024] as const)
  if (bytes < 1024) return spellUnit(bytes, 'byte', language)
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(language, style).format(bytes / size)
}
