import { useTranslation } from 'react-i18next'
import { useNow } from '../../../../ui/clock/clock.ts'
import { useFormat } from '../../../../ui/format.ts'
import { waitOf } from './wait.ts'

/** Since when the buyer waits, to the minute. */
export function WaitClock({ since }: { since: string }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const at = new Date(since)
  const { tone, unit, ...parts } = waitOf(at, useNow())
  const time = t(`wait_${unit}`, parts)
  return (
    <time dateTime={since} title={format.dateTime(at)} className={`inbox-wait inbox-wait-${tone}`}>
      {time}
    </time>
  )
}
