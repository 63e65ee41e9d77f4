import { Button, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { notificationsShown } from '../../data/search.ts'
import { Deliveries } from './deliveries.tsx'
import type { PageDialog } from './dialogs.tsx'
import { useNotificationsSearch } from './filters.tsx'
import { SubscriptionCard } from './subscription-card.tsx'
import type { Told } from './words.tsx'

type Props = { told: Told; onAsk: (dialog: PageDialog) => void }

/** Subscriptions and deliveries beside each other; where there is no room, one at a time. */
export function Columns({ told, onAsk }: Props) {
  const { t } = useTranslation('notifications')
  const [{ show, delivery }, set] = useNotificationsSearch()
  const shown = show ?? (delivery === undefined ? 'subscriptions' : 'deliveries')
  return (
    <div className="notifications">
      <div className="notifications-switch">
        <SegmentedControl
          fullWidth
          aria-label={t('subscriptions')}
          data={notificationsShown.map(value => ({ value, label: t(value) }))}
          value={shown}
          onChange={show => set({ show })}
        />
      </div>
      <div className="notifications-columns" data-shown={shown}>
        <section className="notifications-subscriptions" aria-label={t('subscriptions')}>
          <Cards told={told} onAsk={onAsk} />
        </section>
        <section className="notifications-deliveries" aria-label={t('deliveries')}>
          <Deliveries told={told} openId={delivery} onOpen={({ deliveryId }) => set({ delivery: deliveryId })} />
        </section>
      </div>
    </div>
  )
}

function Cards({ told, onAsk }: Props) {
  const [{ subscriptionId: chosen, only }, set] = useNotificationsSearch()
  const subscriptions = told.subscriptions.filter(({ state }) => only === undefined || inside(state) === only)
  const choose = (id: string) =>
    set(id === chosen ? { subscriptionId: undefined } : { subscriptionId: id, show: 'deliveries' })
  return (
    <>
      {only !== undefined && <OnlyNote count={subscriptions.length} />}
      <ul>
        {subscriptions.map(subscription => {
          const id = String(subscription.subscriptionId)
          return (
            <SubscriptionCard
              key={id}
              subscription={subscription}
              isChosen={id === chosen}
              onChoose={() => choose(id)}
              onAsk={onAsk}
            />
          )
        })}
      </ul>
    </>
  )
}

/** Which subscriptions are shown, if not all are, and the way to the rest. */
function OnlyNote({ count }: { count: number }) {
  const { t } = useTranslation('notifications')
  const [{ only }, set] = useNotificationsSearch()
  return (
    <p className="notifications-only meta">
      {t(`only_${only ?? 'enabled'}`, { count })}
      <Button variant="subtle" size="compact-sm" onClick={() => set({ only: undefined })}>
        {t('showAll')}
      </Button>
    </p>
  )
}
