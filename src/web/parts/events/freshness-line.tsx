import { useTranslation } from 'react-i18next'
import { useNow } from '../../ui/clock/clock.ts'
import { useFormat } from '../../ui/format.ts'
import { useFreshness } from './freshness.ts'

/** Whether the page follows what happens, and when that was last known. */
export function FreshnessLine() {
  const { t } = useTranslation('ui')
  const { state, at } = useFreshness()
  if (state === 'live') return <Live at={at} />
  if (state === 'lost' && at > 0) return <Lost at={at} />
  return <output className="fresh">{t(state === 'lost' ? 'liveLost' : 'liveConnecting')}</output>
}

function Live({ at }: { at: number }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  useNow() // drawn anew each second
  const ago = format.relative(new Date(at), new Date()) ?? t('justNow')
  return (
    <output className="fresh fresh-live">
      <span className="num cut">
        {t('live')} · {t('liveChecked', { ago })}
      </span>
    </output>
  )
}

function Lost({ at }: { at: number }) {
  const { t } = useTranslation('ui')
  const format = useFormat()
  return (
    <output className="fresh fresh-lost">
      <span className="cut">
        {t('liveLost')}. {t('liveLostSince', { time: format.time(new Date(at)) })}
      </span>
    </output>
  )
}
