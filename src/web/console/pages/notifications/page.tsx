import { Button, SegmentedControl } from '@mantine/core'
import { IconBell, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useFilters } from '../../../ui/use-filters.ts'
import { useAdmin } from '../../data/queries.ts'
import { Deliveries } from './deliveries.tsx'
import { DeliveryDetails } from './details.tsx'
import { type Dialog, Dialogs } from './dialogs.tsx'
import { useDeliveryFilters } from './filters.tsx'
import { SubscriptionCard } from './subscription-card.tsx'
import type { Subscription } from './words.tsx'
import './notifications.css'

const listenLine = 'npx prilavok listen'
const shows = ['subscriptions', 'deliveries'] as const

/** Who is told of what happens in the cabinet's chats, and how each telling went. */
export function NotificationsPage() {
  const { t } = useTranslation(['notifications', 'frame'])
  const query = useAdmin('GET /businesses/{businessId}/subscriptions', {
    topics: ['subscriptions', 'deliveries', 'lab'],
  })
  const subscriptions = query.data?.subscriptions ?? []
  const [dialog, setDialog] = useState<Dialog>()
  const [{ delivery }, setOpen] = useFilters('delivery')
  const { forget, isFiltered } = useDeliveryFilters()
  useKeys(useMemo(() => [{ keys: 'n', does: t('make'), run: () => setDialog({ what: 'make' }) }], [t]))
  const makeButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setDialog({ what: 'make' })}>
      {t('make')}
    </Button>
  )
  return (
    <Page
      title={t('frame:notifications')}
      acts={makeButton}
      isFixed
      aside={
        delivery && (
          <DeliveryDetails
            deliveryId={delivery}
            subscriptions={subscriptions}
            onClose={() => setOpen({ delivery: '' })}
          />
        )
      }
    >
      <Read query={query}>
        {({ subscriptions }) =>
          subscriptions.length === 0 && !isFiltered ? (
            <EmptyState icon={IconBell} title={t('emptyTitle')} hint={t('emptyHint')}>
              <CodeValue text={listenLine} isWhole />
              {makeButton}
            </EmptyState>
          ) : (
            <Columns
              subscriptions={subscriptions}
              openId={delivery || undefined}
              onOpen={delivery => setOpen({ delivery })}
              onAsk={setDialog}
            />
          )
        }
      </Read>
      {dialog && (
        <Dialogs
          dialog={dialog}
          onNext={next => {
            setDialog(next)
            void query.refetch()
            // What was just made is not to be hidden by a filter.
            if (next?.what === 'secret') forget()
          }}
        />
      )}
    </Page>
  )
}

type ColumnsProps = {
  subscriptions: readonly Subscription[]
  openId: string | undefined
  onOpen: (deliveryId: string) => void
  onAsk: (dialog: Dialog) => void
}

/** Beside each other; where there is no room, one at a time. */
function Columns({ subscriptions, openId, onOpen, onAsk }: ColumnsProps) {
  const { t } = useTranslation('notifications')
  const [{ show, subscriptionId: chosen }, set] = useFilters('show', 'subscriptionId')
  const shown = shows.find(one => one === show) ?? shows[openId ? 1 : 0]
  return (
    <div className="notifications">
      <div className="notifications-switch">
        <SegmentedControl
          fullWidth
          aria-label={t('subscriptions')}
          data={shows.map(value => ({ value, label: t(value) }))}
          value={shown}
          onChange={show => set({ show })}
        />
      </div>
      <div className="notifications-columns" data-shown={shown}>
        <section className="notifications-subscriptions" aria-label={t('subscriptions')}>
          <ul>
            {subscriptions.map(subscription => (
              <SubscriptionCard
                key={String(subscription.subscriptionId)}
                subscription={subscription}
                isChosen={String(subscription.subscriptionId) === chosen}
                onChoose={() => {
                  const id = String(subscription.subscriptionId)
                  set(id === chosen ? { subscriptionId: '' } : { subscriptionId: id, show: 'deliveries' })
                }}
                onAsk={onAsk}
              />
            ))}
          </ul>
        </section>
        <section className="notifications-deliveries" aria-label={t('deliveries')}>
          <Deliveries subscriptions={subscriptions} openId={openId} onOpen={({ deliveryId }) => onOpen(deliveryId)} />
        </section>
      </div>
    </div>
  )
}
