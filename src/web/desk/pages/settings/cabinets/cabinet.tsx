import { IconArrowLeft } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Read } from '../../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../../ui/form/link-button.tsx'
import { useCabinet } from '../../../data/cabinets.ts'
import { useDesk } from '../../../data/reads.ts'
import { useIsOwner } from '../../../data/session.ts'
import { CabinetActs } from './cabinet-acts.tsx'
import { LimitsCard, NotificationsCard, ProofCard, StateCard } from './sync-cards.tsx'

// Limits are counted without an event.
const pollMs = 10_000

/** One cabinet: how its mirror is, what the limits have left, and its key. */
export function CabinetSettings() {
  const { t } = useTranslation('settings')
  const { cabinetId } = useParams({ from: '/frame/settings/cabinets/$cabinetId' })
  const cabinet = useCabinet(cabinetId)
  const isOwner = useIsOwner()
  const sync = useDesk('GET /cabinets/{cabinetId}/sync', { topics: ['cabinets'], pollMs }, { params: { cabinetId } })
  return (
    <>
      <div>
        <LinkButton variant="subtle" to="/settings/cabinets" leftSection={<IconArrowLeft size={14} />}>
          {t('allCabinets')}
        </LinkButton>
      </div>
      <Read query={sync}>
        {read => (
          <>
            <StateCard cabinetId={cabinetId} name={cabinet?.name ?? ''} sync={read} />
            <ProofCard cabinetId={cabinetId} sync={read} />
            <NotificationsCard sync={read} />
            <LimitsCard sync={read} />
          </>
        )}
      </Read>
      {isOwner && cabinet && <CabinetActs cabinet={cabinet} />}
    </>
  )
}
