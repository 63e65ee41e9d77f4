import { CloseButton, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { notificationTypeOf, onWire } from '#contract'
import { useFilters } from '../../../ui/use-filters.ts'
import { deliveryStates, eventsInOrder, type Subscription } from './words.tsx'

const nothing = { state: '', event: '', chatId: '', subscriptionId: '' }

/** What of the deliveries is wanted, as the page's address has it; what it has misspelled is not wanted. */
export function useDeliveryFilters() {
  const [filters, set] = useFilters('state', 'event', 'chatId', 'subscriptionId')
  const state = deliveryStates.find(state => state === filters.state)
  const event = eventsInOrder.find(event => event === filters.event)
  const chatId = numberOf(filters.chatId)
  const subscriptionId = numberOf(filters.subscriptionId)
  return {
    ...{ state, event, chatId, subscriptionId, set },
    forget: () => set(nothing),
    isFiltered: (state ?? event ?? chatId ?? subscriptionId) !== undefined,
    query: {
      ...(state && { state: onWire(state) }),
      ...(event && { type: notificationTypeOf[event] }),
      ...(chatId && { chatId }),
      ...(subscriptionId && { subscriptionId }),
    },
  }
}

function numberOf(text: string): string | undefined {
  return /^[1-9]\d{0,17}$/.test(text) ? text : undefined
}

export function DeliveryFilters({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  const { t } = useTranslation('notifications')
  const { state, event, chatId, subscriptionId, set } = useDeliveryFilters()
  return (
    <div className="notifications-filters">
      <Select
        aria-label={t('filterState')}
        placeholder={t('anyState')}
        clearable
        data={deliveryStates.map(value => ({ value, label: t(`delivery_${value}`) }))}
        value={state ?? null}
        onChange={state => set({ state: state ?? '' })}
      />
      <Select
        aria-label={t('filterType')}
        placeholder={t('anyType')}
        clearable
        data={eventsInOrder.map(value => ({ value, label: t(`type_${value}`) }))}
        value={event ?? null}
        onChange={event => set({ event: event ?? '' })}
      />
      <Select
        aria-label={t('filterSubscription')}
        placeholder={t('anySubscription')}
        clearable
        data={subscriptions.map(({ subscriptionId, name }) => ({ value: String(subscriptionId), label: name }))}
        value={subscriptionId ?? null}
        onChange={subscriptionId => set({ subscriptionId: subscriptionId ?? '' })}
      />
      <TextInput
        aria-label={t('filterChat')}
        placeholder={t('filterChat')}
        inputMode="numeric"
        maxLength={18}
        value={chatId ?? ''}
        rightSection={
          chatId && <CloseButton size="xs" aria-label={t('forgetChat')} onClick={() => set({ chatId: '' })} />
        }
        onChange={event => set({ chatId: event.currentTarget.value.replace(/\D/g, '') })}
      />
    </div>
  )
}
