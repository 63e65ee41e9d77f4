import { Button, FileButton, Select } from '@mantine/core'
import { IconMessages, IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CannedReply } from '#desk-protocol'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../../ui/feedback/read.tsx'
import { toastDone } from '../../../../ui/feedback/toast.tsx'
import { useAct } from '../../../../ui/feedback/use-act.ts'
import { useCabinetList } from '../../../data/cabinets.ts'
import { callDesk, repliesCsvUrl } from '../../../data/desk-api.ts'
import { useDesk } from '../../../data/reads.ts'
import { type Edited, ReplyDialog } from './reply-dialog.tsx'

/** Canned replies of a cabinet: written here, or brought as a table. */
export function RepliesSettings() {
  const { t } = useTranslation('settings')
  const cabinets = useCabinetList()
  const [chosen, setChosen] = useState<string>()
  const cabinetId = chosen ?? (cabinets[0] && String(cabinets[0].cabinetId))
  const [edited, setEdited] = useState<Edited>()
  const replies = useDesk(
    'GET /replies',
    { topics: ['replies'], isEnabled: cabinetId !== undefined },
    { query: { cabinetId } },
  )
  if (cabinetId === undefined)
    return <EmptyState icon={IconMessages} title={t('noReplies')} hint={t('noCabinetsHint')} />
  return (
    <>
      <div className="card-acts">
        {cabinets.length > 1 && (
          <Select
            aria-label={t('cabinet')}
            allowDeselect={false}
            data={cabinets.map(cabinet => ({ value: String(cabinet.cabinetId), label: cabinet.name }))}
            value={cabinetId}
            onChange={id => setChosen(id ?? undefined)}
          />
        )}
        <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited({})}>
          {t('newReply')}
        </Button>
        <CsvActs cabinetId={cabinetId} />
      </div>
      <Read query={replies}>
        {({ replies: all }) =>
          all.length === 0 ? (
            <EmptyState icon={IconMessages} title={t('noReplies')} hint={t('noRepliesHint')} />
          ) : (
            <section className="card" aria-label={t('replies')}>
              {all.map(reply => (
                <ReplyLine key={reply.replyId} reply={reply} onEdit={() => setEdited(reply)} />
              ))}
            </section>
          )
        }
      </Read>
      {edited && <ReplyDialog cabinetId={cabinetId} edited={edited} onClose={() => setEdited(undefined)} />}
    </>
  )
}

function ReplyLine({ reply: { folder, title, text, uses }, onEdit }: { reply: CannedReply; onEdit: () => void }) {
  const { t } = useTranslation(['settings', 'writing'])
  return (
    <div className="card-line">
      <div>
        <strong>{title}</strong>
        <span className="muted cut">{text}</span>
        <span className="meta">{[folder, t('writing:uses', { count: uses })].filter(Boolean).join(' · ')}</span>
      </div>
      <Button variant="default" aria-label={t('settings:editReply', { title })} onClick={onEdit}>
        {t('settings:edit')}
      </Button>
    </div>
  )
}

function CsvActs({ cabinetId }: { cabinetId: string }) {
  const { t } = useTranslation('settings')
  const client = useQueryClient()
  const bring = useAct(
    async (file: File) => callDesk('POST /replies/import', { query: { cabinetId }, body: { csv: await file.text() } }),
    ({ added, replaced }) => {
      toastDone(t('imported', { added, replaced }))
      void client.invalidateQueries({ queryKey: ['desk', 'GET /replies'] })
    },
  )
  return (
    <>
      <FileButton accept=".csv,text/csv" onChange={file => file && void bring.run(file)}>
        {({ onClick }) => (
          <Button variant="default" loading={bring.isPending} onClick={onClick}>
            {t('import')}
          </Button>
        )}
      </FileButton>
      <Button component="a" variant="default" href={repliesCsvUrl(cabinetId)} download>
        {t('export')}
      </Button>
    </>
  )
}
