import { useTranslation } from 'react-i18next'

const minuteMs = 60_000
// 24 hours in every language, as in logs.
const hourCycle = 'h23'
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
  ['second', 1000],
]

/** Formats by language and options: making one takes longer than drawing a row of a table. */
function kept<Options, Format>(make: (language: string, options: Options) => Format) {
  const formats = new Map<string, Format>()
  return (language: string, options: Options): Format => {
    const key = `${language} ${JSON.stringify(options)}`
    const format = formats.get(key) ?? make(language, options)
    formats.set(key, format)
    return format
  }
}

const numbers = kept((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options))
const dates = kept((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options))
const spans = kept(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
)

/** How long ago, or how soon, in the largest unit that fits; undefined within two seconds of now. */
export function relative(at: Date, now: Date, language: string): string | undefined {
  const ms = at.getTime() - now.getTime()
  const unit = units.find(([, size]) => Math.abs(ms) >= size)
  if (!unit || Math.abs(ms) < 2000) return undefined
  const [name, size] = unit
  return spans(language, { style: 'short', numeric: 'always' }).format(
    ms < 0 ? Math.ceil(ms / size) : Math.round(ms / size),
    name,
  )
}

/** 340 ms, 2.4 s, 3 min 5 s. */
export function duration(ms: number, language: string): string {
  const formatUnit = (value: number, unit: string, digits = 0) =>
    numbers(language, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value)
  if (ms < 1000) return formatUnit(Math.round(ms), 'millisecond')
  if (ms < minuteMs) return formatUnit(ms / 1000, 'second', 1)
  const whole = Math.round(ms / 1000)
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60]
  return [formatUnit(minutes, 'minute'), ...(seconds > 0 ? [formatUnit(seconds, 'second')] : [])].join(' ')
}

/** 340 byte, 24 kB, 3.1 MB. */
function size(bytes: number, language: string): string {
  const [unit, by] = bytes < 1000 ? ['byte', 1] : bytes < 1_000_000 ? ['kilobyte', 1000] : ['megabyte', 1_000_000]
  const style = { style: 'unit', unit: String(unit), unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return numbers(language, style).format(bytes / Number(by))
}

/** Numbers, times and dates in the language of the page. */
export function useFormat() {
  const { i18n } = useTranslation('ui')
  const language = i18n.language
  return {
    number: (value: number | bigint) => numbers(language, {}).format(value),
    time: (at: Date) => dates(language, { timeStyle: 'medium', hourCycle }).format(at),
    minute: (at: Date) => dates(language, { timeStyle: 'short', hourCycle }).format(at),
    date: (at: Date) => dates(language, { dateStyle: 'medium' }).format(at),
    dateTime: (at: Date) => dates(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle }).format(at),
    duration: (ms: number) => duration(ms, language),
    size: (bytes: number) => size(bytes, language),
    relative: (at: Date, now: Date) => relative(at, now, language),
  }
}
