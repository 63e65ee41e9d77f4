import { useTranslation } from 'react-i18next'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** A span of seconds in its two largest units: 14 days 2 hours. */
export function useSpan(): (seconds: number) => string {
  const { t } = useTranslation('lab')
  return seconds => {
    const parts = [
      { count: Math.floor(seconds / day), unit: 'days' },
      { count: Math.floor((seconds % day) / hour), unit: 'hours' },
      { count: Math.floor((seconds % hour) / minute), unit: 'minutes' },
    ] as const
    const told = parts.filter(({ count }) => count > 0).slice(0, 2)
    return told.map(({ count, unit }) => t(unit, { count })).join(' ') || t('minutes', { count: 0 })
  }
}
