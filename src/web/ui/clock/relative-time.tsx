import { useTranslation } from 'react-i18next'
import { useFormat } from '../format.ts'
import { useNow } from './clock.ts'

/** How long ago, kept true by the second; the exact time on hovering. */
export function RelativeTime({ at }: { at: string | Date }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={format.dateTime(date)}>
      {format.relative(date, useNow()) ?? t('justNow')}
    </time>
  )
}
