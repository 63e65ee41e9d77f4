import { IconBan, IconCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { useCall } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'

export type Key = AnswerOf<'GET /businesses/{businessId}/keys'>['keys'][number]

export function useKeyColumns(onRevoked: () => void): Column<Key>[] {
  const { t } = useTranslation('keys')
  const { run, isPending } = useRevoke(onRevoked)
  return useMemo<Column<Key>[]>(
    () => [
      {
        ...head('name', t('name'), 'minmax(120px, 1.2fr)'),
        render: ({ name }) => <strong className="key-name">{name}</strong>,
      },
      {
        ...head('scopes', t('scopes'), 'minmax(0, 2fr)', 560),
        render: ({ scopes }) => <span className="mono muted">{scopes.join(', ')}</span>,
      },
      { ...head('created', t('created'), '120px', 900), render: ({ createdAt }) => <RelativeTime at={createdAt} /> },
      { ...head('used', t('lastUsed'), '120px', 720), render: ({ lastUsedAt }) => <LastUsed at={lastUsedAt} /> },
      { ...head('state', t('state'), '128px'), render: ({ revokedAt }) => <State isRevoked={!!revokedAt} /> },
      {
        ...head('acts', '', '104px'),
        align: 'end',
        render: key => !key.revokedAt && <Revoke name={key.name} isBusy={isPending} onYes={() => run(key)} />,
      },
    ],
    [t, run, isPending],
  )
}

function useRevoke(onRevoked: () => void) {
  const { t } = useTranslation('keys')
  const call = useCall()
  return useAct(
    ({ keyId }: Key) => call('DELETE /businesses/{businessId}/keys/{keyId}', { params: { keyId } }),
    () => {
      toastDone(t('revoked'))
      onRevoked()
    },
  )
}

function LastUsed({ at }: { at: string | undefined }) {
  const { t } = useTranslation('ui')
  return at ? <RelativeTime at={at} /> : <span className="muted">{t('never')}</span>
}

function State({ isRevoked }: { isRevoked: boolean }) {
  const { t } = useTranslation('keys')
  if (isRevoked) return <StatusChip icon={IconBan} text={t('revokedState')} />
  return <StatusChip tone="done" icon={IconCheck} text={t('works')} />
}

function Revoke({ name, isBusy, onYes }: { name: string; isBusy: boolean; onYes: () => void }) {
  const { t } = useTranslation('keys')
  return (
    <ConfirmButton question={t('revokeQuestion', { name })} yes={t('revoke')} isBusy={isBusy} onYes={onYes}>
      {t('revoke')}
    </ConfirmButton>
  )
}
