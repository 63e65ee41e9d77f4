import { useTranslation } from 'react-i18next'
import { useNow } from '../../ui/clock/clock.ts'
import { useFormat } from '../../ui/format.ts'
import { useFreshness } from './freshness.ts'

/** Whether the page follows what happens, and when that was last known. */
export function FreshnessLine() {
  const { t } = useTranslation('ui')
  const format = useFormat()
  const { state, at } = useFreshness()
  useNow() // drawn anew each second
  const ago = format.relative(new Date(at), new Date()) ?? t('justNow')
  if (state === 'live') {
    return (
      <output className="fresh fresh-live">
        <span className="num cut">
          {t('live')} · {t('liveChecked', { ago })}
        </span>
      </output>
    )
  }
  if (state === 'connecting' || at === 0) {
    return <output className="fresh">{state === 'lost' ? t('liveLost') : t('liveConnecting')}</output>
  }
  return (
    <output className="fresh fresh-lost">
      <span className="cut">
        {t('liveLost')}. {t('liveLostSince', { time: format.time(new Date(at)) })}
      </span>
    </output>
  )
}
