import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toastDone, toastError } from '../../../ui/feedback/toast.tsx'
import { useCall } from '../../data/business.ts'
import type { PageDialog } from './dialogs.tsx'
import { failureOf } from './failure-note.tsx'
import type { Subscription } from './words.tsx'

/** What is done on the card itself; a PING that was not answered properly is told there. */
export function useSubscriptionActs({ subscriptionId, name }: Subscription) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  const params = { subscriptionId }
  const onError = (error: unknown) => {
    if (!failureOf(error)) toastError(error)
  }
  const pinging = useMutation({
    mutationFn: () => call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/ping', { params }),
    onError,
  })
  const enabling = useMutation({
    mutationFn: () => call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/enable', { params }),
    onSuccess: () => toastDone(t('enabled', { name })),
    onError,
  })
  const duplicating = useMutation({
    mutationFn: () => call('POST /businesses/{businessId}/subscriptions/{subscriptionId}/duplicate', { params }),
    onError: toastError,
  })
  /** The copy has a secret of its own, which is shown. */
  const duplicate = (onAsk: (dialog: PageDialog) => void) =>
    duplicating.mutate(undefined, {
      onSuccess: ({ subscription, secret }) => onAsk({ what: 'secret', shown: { name: subscription.name, secret } }),
    })
  return {
    duplicate,
    ping: () => {
      enabling.reset()
      pinging.mutate()
    },
    isPinging: pinging.isPending,
    pinged: pinging.data,
    enable: () => {
      pinging.reset()
      enabling.mutate()
    },
    isEnabling: enabling.isPending,
    failure: pinging.data?.failure ?? failureOf(enabling.error),
  }
}
