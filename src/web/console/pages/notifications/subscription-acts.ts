import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toastDone, toastError } from '../../../ui/feedback/toast.tsx'
import { useCall } from '../../data/business.ts'
import type { PageDialog } from './dialogs.tsx'
import { failureOf } from './failure-note.tsx'
import type { Subscription } from './words.tsx'

const one = '/businesses/{businessId}/subscriptions/{subscriptionId}'

/** The acts on the card itself. A PING that was not answered properly is shown on the card. */
export function useSubscriptionActs({ subscriptionId, name }: Subscription) {
  const { t } = useTranslation('notifications')
  const call = useCall()
  const params = { subscriptionId }
  const pinging = useMutation({
    mutationFn: () => call(`POST ${one}/ping`, { params }),
    onError: toastUnlessPing,
  })
  const enabling = useMutation({
    mutationFn: () => call(`POST ${one}/enable`, { params }),
    onSuccess: () => toastDone(t('enabled', { name })),
    onError: toastUnlessPing,
  })
  return {
    duplicate: useDuplicate(subscriptionId),
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

function toastUnlessPing(error: unknown): void {
  if (!failureOf(error)) toastError(error)
}

/** The copy has a secret of its own, which is shown. */
function useDuplicate(subscriptionId: Subscription['subscriptionId']) {
  const call = useCall()
  const duplicating = useMutation({
    mutationFn: () => call(`POST ${one}/duplicate`, { params: { subscriptionId } }),
    onError: toastError,
  })
  return (onAsk: (dialog: PageDialog) => void) =>
    duplicating.mutate(undefined, {
      onSuccess: ({ subscription, secret }) => onAsk({ what: 'secret', shown: { name: subscription.name, secret } }),
    })
}
