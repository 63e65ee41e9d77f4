import { Button } from '@mantine/core'
import { IconBell, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useAdmin } from '../../data/queries.ts'
import { Columns } from './columns.tsx'
import { DeliveryDetails } from './details.tsx'
import { Dialogs, type PageDialog } from './dialogs.tsx'
import { useDeliveryFilters, useNotificationsSearch } from './filters.tsx'
import type { Told } from './words.tsx'
import './notifications.css'

const listenLine = 'npx prilavok listen'

/** The subscriptions of the business, and the deliveries to them. */
export function NotificationsPage() {
  const { t } = useTranslation(['notifications', 'frame'])
  const query = useSubscriptions()
  const { dialog, setDialog, onNext } = useDialog(() => void query.refetch())
  const { isFiltered } = useDeliveryFilters()
  const make = () => setDialog({ what: 'make' })
  return (
    <Page
      title={t('frame:notifications')}
      acts={<MakeButton onMake={make} />}
      isFixed
      aside={<OpenDelivery told={query.data ?? { subscriptions: [] }} />}
    >
      <Read query={query}>
        {told =>
          told.subscriptions.length === 0 && !isFiltered ? (
            <EmptyState icon={IconBell} title={t('emptyTitle')} hint={t('emptyHint')}>
              <CodeValue text={listenLine} isWhole />
              <MakeButton onMake={make} />
            </EmptyState>
          ) : (
            <Columns told={told} onAsk={setDialog} />
          )
        }
      </Read>
      {dialog && <Dialogs dialog={dialog} onNext={onNext} />}
    </Page>
  )
}

function useSubscriptions() {
  return useAdmin('GET /businesses/{businessId}/subscriptions', {
    topics: ['subscriptions', 'deliveries', 'lab'],
  })
}

function useDialog(onChanged: () => void) {
  const { t } = useTranslation('notifications')
  const [dialog, setDialog] = useState<PageDialog>()
  const { forget } = useDeliveryFilters()
  useKeys(useMemo(() => [{ keys: 'n', does: t('make'), run: () => setDialog({ what: 'make' }) }], [t]))
  const onNext = (next: PageDialog | undefined) => {
    setDialog(next)
    onChanged()
    // A filter must not hide the subscription that was just created.
    if (next?.what === 'secret') forget()
  }
  return { dialog, setDialog, onNext }
}

function MakeButton({ onMake }: { onMake: () => void }) {
  const { t } = useTranslation('notifications')
  return (
    <Button leftSection={<IconPlus size={14} />} onClick={onMake}>
      {t('make')}
    </Button>
  )
}

function OpenDelivery({ told }: { told: Told }) {
  const [{ delivery }, set] = useNotificationsSearch()
  if (delivery === undefined) return null
  return <DeliveryDetails deliveryId={delivery} told={told} onClose={() => set({ delivery: undefined })} />
}
