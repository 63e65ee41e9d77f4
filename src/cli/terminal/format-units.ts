import type { Language } from '../texts/index.ts'

/** `3 min 20 s`, by whole units. */
export function formatDuration(ms: number, language: Language): string {
  const seconds = Math.max(Math.ceil(ms / 1000), 1)
  const parts = [
    { value: Math.floor(seconds / 3600), unit: 'hour' },
    { value: Math.floor((seconds % 3600) / 60), unit: 'minute' },
    { value: seconds % 60, unit: 'second' },
  ]
  const first = parts.findIndex(({ value }) => value > 0)
  const told = parts.slice(first, first + 2).filter(({ value }) => value > 0)
  return told.map(({ value, unit }) => formatUnit(value, unit, language)).join(' ')
}

function formatUnit(value: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** `1.2 MB`, as files are measured by the market: in units of 1024. */
export function formatBytes(bytes: number, language: Language): string {
  const [unit, size] = bytes >= 1024 ** 2 ? (['megabyte', 1024 ** 2] as const) : (['kilobyte', 1024] as const)
  if (bytes < 1024) return formatUnit(bytes, 'byte', language)
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(language, style).format(bytes / size)
}
