import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { useFreshness } from '../../../parts/events/freshness.ts'
import { useNow } from '../../../ui/clock/clock.ts'
import { useFormat } from '../../../ui/format.ts'
import { useShown } from '../../../ui/keys/shown.ts'
import { useCabinetList } from '../../data/cabinets.ts'
import { standOf } from './stand.ts'
import '../../../ui/frame/frame.css'

type Props = { onShowKeys: () => void; onShowPalette: () => void }

/** How fresh the screen is, in one line that never lies. */
export function Strip({ onShowKeys, onShowPalette }: Props) {
  const { t } = useTranslation('desk')
  return (
    <>
      <Line />
      <span className="frame-strip-end">
        <button type="button" onClick={onShowPalette}>
          {t('paletteHint', { keys: useShown('mod+k') })}
        </button>
        <button type="button" onClick={onShowKeys}>
          {t('keysHint', { keys: useShown('?') })}
        </button>
      </span>
    </>
  )
}

function Line() {
  const { t } = useTranslation(['desk', 'ui'])
  const format = useFormat()
  const { state, at } = useFreshness()
  const cabinets = useCabinetList()
  if (state === 'lost' && at > 0)
    return (
      <output className="fresh fresh-lost">
        <span className="cut">{t('desk:stripOffline', { time: format.time(new Date(at)) })}</span>
      </output>
    )
  if (state !== 'live')
    return <output className="fresh">{t(state === 'lost' ? 'ui:liveLost' : 'ui:liveConnecting')}</output>
  return <Market cabinets={cabinets} />
}

function Market({ cabinets }: { cabinets: readonly Cabinet[] }) {
  const { t } = useTranslation('desk')
  const stand = standOf(cabinets)
  const says = useSays(stand)
  return (
    <>
      <output className={`fresh fresh-${stand.tone}`}>
        <span className="num cut">{says}</span>
      </output>
      {stand.cabinetId !== undefined && (
        <Link to="/settings/cabinets/$cabinetId" params={{ cabinetId: stand.cabinetId }} className="desk-strip-link">
          {t('stripSync')}
        </Link>
      )}
    </>
  )
}

function useSays(stand: ReturnType<typeof standOf>): string {
  const { t } = useTranslation(['desk', 'ui'])
  const format = useFormat()
  const now = useNow()
  const { kind, waiting, gaps, checkedAt, awaySince, name = '', done, known } = stand
  const answers = waiting > 0 ? [t('desk:stripWaiting', { count: waiting })] : []
  const ago = checkedAt && (format.relative(checkedAt, now) ?? t('ui:justNow'))
  const checked = ago === undefined ? [] : [t('desk:stripChecked', { ago })]
  if (kind === 'away' && awaySince)
    return [t('desk:stripAway', { time: format.minute(awaySince) }), ...answers].join(', ')
  if (kind === 'refused') return [t('desk:stripRefused', { name }), ...answers].join(' · ')
  if (kind === 'paused') return [t('desk:stripPaused', { name }), ...answers].join(' · ')
  if (kind === 'listing') return t('desk:stripListing')
  if (kind === 'reading')
    return [t('desk:stripReading', { done: format.number(done), known: format.number(known) }), ...answers].join(' · ')
  return [t('ui:live'), ...checked, t('desk:stripGaps', { count: gaps }), ...answers].join(' · ')
}
