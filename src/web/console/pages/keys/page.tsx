import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useAdmin } from '../../data/queries.ts'
import { type Key, useKeyColumns } from './columns.tsx'
import { NewKey } from './new-key.tsx'
import { TokensPanel } from './tokens-panel.tsx'

/** Keys of the business: made, shown once, revoked. */
export function KeysPage() {
  const { t } = useTranslation(['keys', 'frame'])
  const keys = useAdmin('GET /businesses/{businessId}/keys', { topics: [] })
  const [isMaking, { open, close }] = useDisclosure()
  const [areTokensOpen, tokens] = useDisclosure()
  const columns = useKeyColumns(() => void keys.refetch())
  const working = keys.data?.keys.filter(({ revokedAt }) => revokedAt === undefined).length ?? 0
  const makeButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {t('make')}
    </Button>
  )
  const acts = (
    <>
      {makeButton}
      <Button variant="default" aria-expanded={areTokensOpen} onClick={tokens.toggle}>
        {t('tokens')}
      </Button>
    </>
  )
  return (
    <Page
      title={t('frame:keys')}
      note={keys.data && t('count', { count: working })}
      acts={acts}
      aside={areTokensOpen && <TokensPanel onClose={tokens.close} />}
      isFixed
    >
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

/** Working keys first, then the newest. */
function sorted(keys: readonly Key[]): Key[] {
  return keys.toSorted(
    (a, b) => Number(!!a.revokedAt) - Number(!!b.revokedAt) || b.createdAt.localeCompare(a.createdAt),
  )
}
