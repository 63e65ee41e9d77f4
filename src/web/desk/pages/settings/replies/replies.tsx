import { Button, Select } from '@mantine/core'
import { IconMessages, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { useCabinetList } from '../../../data/cabinets.ts'
import { useDesk } from '../../../data/reads.ts'
import { useAccount } from '../../../data/session.ts'
import { ReplyDialog } from './reply-dialog.tsx'
import { ReplyList } from './reply-list.tsx'
import { TableCard } from './table-card.tsx'
import type { Edited } from './use-editing.ts'
import './replies.css'

/** Canned replies of a cabinet: written here, copied from another one, or brought as a table. */
export function RepliesSettings() {
  const { t } = useTranslation(['replies', 'settings'])
  const cabinets = useCabinetList()
  const canWrite = useAccount()?.role !== 'viewer'
  const [chosen, setChosen] = useState<string>()
  const [edited, setEdited] = useState<Edited>()
  const cabinetId = chosen ?? (cabinets[0] && String(cabinets[0].cabinetId))
  const isEnabled = cabinetId !== undefined
  const replies = useDesk('GET /replies', { topics: ['replies'], isEnabled }, { query: { cabinetId } })
  if (!isEnabled) return <EmptyState icon={IconMessages} title={t('none')} hint={t('settings:noCabinetsHint')} />
  return (
    <>
      <div className="card-acts">
        {cabinets.length > 1 && (
          <Select
            aria-label={t('settings:cabinet')}
            allowDeselect={false}
            data={cabinets.map(cabinet => ({ value: String(cabinet.cabinetId), label: cabinet.name }))}
            value={cabinetId}
            onChange={id => setChosen(id ?? undefined)}
          />
        )}
        {canWrite && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited({})}>
            {t('newReply')}
          </Button>
        )}
      </div>
      <Read query={replies}>
        {({ replies: all }) =>
          all.length === 0 ? (
            <EmptyState icon={IconMessages} title={t('none')} hint={t('noneHint')} />
          ) : (
            <ReplyList key={cabinetId} {...{ cabinetId, canWrite }} replies={all} onEdit={setEdited} />
          )
        }
      </Read>
      <TableCard key={cabinetId} {...{ cabinetId, canWrite }} />
      {edited && <ReplyDialog cabinetId={cabinetId} edited={edited} onClose={() => setEdited(undefined)} />}
    </>
  )
}
