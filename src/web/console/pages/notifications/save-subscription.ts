import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toastDone } from '../../../ui/feedback/toast.tsx'
import { useCall } from '../../data/business.ts'
import type { WantedHeader } from './headers-text.ts'
import type { Shown } from './secret-shown.tsx'
import type { Subscription } from './words.tsx'

export type SubscriptionWish = Pick<Subscription, 'name' | 'url' | 'types'> & {
  headers: WantedHeader[]
  isEnabled: boolean
}

/** Makes a subscription, whose secret is then shown, or changes one. A refusal is told by `error`. */
export function useSaveSubscription(subscription: Subscription | undefined, onDone: (shown?: Shown) => void) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  return useMutation({
    mutationFn: async ({ isEnabled, ...wish }: SubscriptionWish): Promise<Shown | undefined> => {
      if (!subscription) {
        const made = await call('POST /businesses/{businessId}/subscriptions', { body: { ...wish, isEnabled } })
        return { name: wish.name, secret: made.secret }
      }
      const params = { subscriptionId: subscription.subscriptionId }
      await call('PATCH /businesses/{businessId}/subscriptions/{subscriptionId}', { params, body: wish })
      toastDone(t('saved'))
      return undefined
    },
    onSuccess: onDone,
  })
}
