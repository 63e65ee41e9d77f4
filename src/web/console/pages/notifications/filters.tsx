import { CloseButton, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { notificationTypeOf, onWire } from '#contract'
import { useSetSearch } from '../../../parts/routing/set-search.ts'
import { Choice } from '../../../ui/form/choice.tsx'
import { deliveryStates, eventsInOrder } from '../../data/deliveries.ts'
import type { NotificationsSearch } from '../../data/search.ts'
import type { Told } from './words.tsx'

const notificationsRoute = getRouteApi('/$businessId/notifications')
const nothing = { state: undefined, event: undefined, chatId: undefined, subscriptionId: undefined }

/** The search parameters of the page, and a function that changes them. */
export function useNotificationsSearch() {
  return [notificationsRoute.useSearch(), useSetSearch<NotificationsSearch>()] as const
}

/** The filters of the deliveries, from the page's address. */
export function useDeliveryFilters() {
  const [{ state, event, chatId, subscriptionId }, set] = useNotificationsSearch()
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

export function DeliveryFilters({ told: { subscriptions } }: { told: Told }) {
  const { t } = useTranslation('notifications')
  const { state, event, subscriptionId, set } = useDeliveryFilters()
  return (
    <div className="notifications-filters">
      <Choice
        texts={{ label: t('filterState'), any: t('anyState') }}
        data={deliveryStates.map(value => ({ value, label: t(`delivery_${value}`) }))}
        value={state}
        onChoose={state => set({ state })}
      />
      <Choice
        texts={{ label: t('filterType'), any: t('anyType') }}
        data={eventsInOrder.map(value => ({ value, label: t(`type_${value}`) }))}
        value={event}
        onChoose={event => set({ event })}
      />
      <Choice
        texts={{ label: t('filterSubscription'), any: t('anySubscription') }}
        data={subscriptions.map(({ subscriptionId, name }) => ({ value: String(subscriptionId), label: name }))}
        value={subscriptionId}
        onChoose={subscriptionId => set({ subscriptionId })}
      />
      <ChatNumber />
    </div>
  )
}

function ChatNumber() {
  const { t } = useTranslation('notifications')
  const { chatId, set } = useDeliveryFilters()
  const forget = () => set({ chatId: undefined })
  return (
    <TextInput
      aria-label={t('filterChat')}
      placeholder={t('filterChat')}
      inputMode="numeric"
      maxLength={18}
      value={chatId ?? ''}
      rightSection={chatId && <CloseButton size="xs" aria-label={t('forgetChat')} onClick={forget} />}
      onChange={event => set({ chatId: event.currentTarget.value.replace(/\D/g, '') })}
    />
  )
}
