import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconCheck, IconKey, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { StatusChip } from '../../../ui/feedback/status-chip.tsx'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useAct } from '../../../ui/feedback/use-act.ts'
import { ConfirmButton } from '../../../ui/form/confirm-button.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { type Column, VirtualTable } from '../../../ui/table/virtual-table.tsx'
import type { AnswerOf } from '../../data/admin-api.ts'
import { useCall } from '../../data/business.ts'
import { useAdmin } from '../../data/queries.ts'
import { NewKey } from './new-key.tsx'

const keysOf = 'GET /businesses/{businessId}/keys'
type Key = AnswerOf<typeof keysOf>['keys'][number]

/** Keys of the cabinet: made, shown once, revoked. */
export function KeysPage() {
  const { t } = useTranslation(['keys', 'frame'])
  const keys = useAdmin(keysOf, { topics: [] })
  const [isMaking, { open, close }] = useDisclosure()
  const columns = useColumns(() => void keys.refetch())
  const working = keys.data?.keys.filter(({ revokedAt }) => revokedAt === undefined).length ?? 0
  const makeButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {t('make')}
    </Button>
  )
  return (
    <Page title={t('frame:keys')} note={keys.data && t('count', { count: working })} acts={makeButton} isFixed>
      <Read query={keys}>
        {({ keys }) =>
          keys.length === 0 ? (
            <EmptyState icon={IconKey} title={t('emptyTitle')} hint={t('emptyHint')}>
              {makeButton}
            </EmptyState>
          ) : (
            <VirtualTable
              label={t('frame:keys')}
              rows={sorted(keys)}
              columns={columns}
              keyOf={({ keyId }) => String(keyId)}
              rowHeight={44}
            />
          )
        }
      </Read>
      <NewKey isOpen={isMaking} onClose={close} onMade={() => void keys.refetch()} />
    </Page>
  )
}

/** What works first, the newest on top. */
function sorted(keys: readonly Key[]): Key[] {
  return keys.toSorted(
    (a, b) => Number(!!a.revokedAt) - Number(!!b.revokedAt) || b.createdAt.localeCompare(a.createdAt),
  )
}

function useColumns(onRevoked: () => void): Column<Key>[] {
  const { t } = useTranslation(['keys', 'ui'])
  const call = useCall()
  const { run, isPending } = useAct(
    ({ keyId }: Key) => call('DELETE /businesses/{businessId}/keys/{keyId}', { params: { keyId } }),
    () => {
      toastDone(t('revoked'))
      onRevoked()
    },
  )
  return useMemo<Column<Key>[]>(
    () => [
      {
        id: 'name',
        title: t('name'),
        width: 'minmax(120px, 1.2fr)',
        render: key => <strong className="key-name">{key.name}</strong>,
      },
      {
        id: 'scopes',
        title: t('scopes'),
        width: 'minmax(0, 2fr)',
        from: 560,
        render: key => <span className="mono muted">{key.scopes.join(', ')}</span>,
      },
      {
        id: 'created',
        title: t('created'),
        width: '120px',
        from: 900,
        render: key => <RelativeTime at={key.createdAt} />,
      },
      {
        id: 'used',
        title: t('lastUsed'),
        width: '120px',
        from: 720,
        render: key =>
          key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : <span className="muted">{t('ui:never')}</span>,
      },
      {
        id: 'state',
        title: t('state'),
        width: '128px',
        render: key =>
          key.revokedAt ? (
            <StatusChip icon={IconBan} text={t('revokedState')} />
          ) : (
            <StatusChip tone="done" icon={IconCheck} text={t('works')} />
          ),
      },
      {
        id: 'acts',
        title: '',
        width: '104px',
        align: 'end',
        render: key =>
          !key.revokedAt && (
            <ConfirmButton
              question={t('revokeQuestion', { name: key.name })}
              yes={t('revoke')}
              isBusy={isPending}
              onYes={() => run(key)}
            >
              {t('revoke')}
            </ConfirmButton>
          ),
      },
    ],
    [t, run, isPending],
  )
}
