import { IconBuildingStore, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Cabinet } from '#desk-protocol'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../../ui/form/link-button.tsx'
import { useCabinets } from '../../../data/cabinets.ts'
import { useIsOwner } from '../../../data/session.ts'
import { Checklist } from '../../../start/checklist.tsx'
import { PhaseChip } from './phase-chip.tsx'

/** Whose chats are here, and how each mirror is. */
export function CabinetsSettings() {
  const { t } = useTranslation(['settings', 'desk'])
  const isOwner = useIsOwner()
  return (
    <Read query={useCabinets()}>
      {({ cabinets }) => (
        <>
          <Checklist />
          {cabinets.length === 0 && (
            <EmptyState icon={IconBuildingStore} title={t('settings:noCabinets')} hint={t('settings:noCabinetsHint')} />
          )}
          {cabinets.map(cabinet => (
            <CabinetCard key={String(cabinet.cabinetId)} cabinet={cabinet} />
          ))}
          {isOwner && (
            <div>
              <LinkButton to="/connect" leftSection={<IconPlus size={14} />}>
                {t('desk:addCabinet')}
              </LinkButton>
            </div>
          )}
        </>
      )}
    </Read>
  )
}

function CabinetCard({ cabinet }: { cabinet: Cabinet }) {
  const { t } = useTranslation('settings')
  const { cabinetId, name, baseUrl, isYandex, campaigns, refusal, canWrite } = cabinet
  return (
    <section className="card" aria-label={name}>
      <h2>
        <span className="cut">{name}</span>
        <PhaseChip phase={cabinet.freshness.phase} />
      </h2>
      <p className="muted">{isYandex ? t('yandex') : baseUrl}</p>
      {refusal !== undefined && <p role="alert">{refusal}</p>}
      {!canWrite && <p>{t('readOnly')}</p>}
      {campaigns.length > 0 && <p className="meta">{campaigns.map(campaign => campaign.name).join(' · ')}</p>}
      <div className="card-acts">
        <LinkButton variant="default" to="/settings/cabinets/$cabinetId" params={{ cabinetId: String(cabinetId) }}>
          {t('openCabinet')}
        </LinkButton>
      </div>
    </section>
  )
}
