import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconPlayerPause,
  IconPlugConnectedX,
  IconSend,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { StatusChip, type Tone } from '../../../ui/feedback/status-chip.tsx'
import type { DeliveryState } from '../../data/deliveries.ts'
import type { AnswerOf } from '../../data/market.ts'

export type Subscription = AnswerOf<'GET /businesses/{businessId}/subscriptions'>['subscriptions'][number]
/** Subscriptions whose deliveries there may be. */
export type Told = { subscriptions: readonly Subscription[] }
export type Delivery = AnswerOf<'GET /businesses/{businessId}/deliveries'>['deliveries'][number]
export type Attempt = Delivery['attempts'][number]
export type Failure = NonNullable<Attempt['failure']>

type Look = { tone: Tone; icon: typeof IconCheck }

const deliveryLooks: Record<DeliveryState, Look> = {
  waiting: { tone: 'near', icon: IconClock },
  in_flight: { tone: 'ours', icon: IconSend },
  delivered: { tone: 'done', icon: IconCheck },
  refused: { tone: 'overdue', icon: IconX },
  cancelled: { tone: 'plain', icon: IconBan },
}

export function DeliveryChip({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation('notifications')
  const word = inside(state)
  return <StatusChip {...deliveryLooks[word]} text={t(`delivery_${word}`)} />
}

export type Health = 'enabled' | 'failing' | 'disabled' | 'failed'

/** The health of a subscription: an enabled one may be failing. */
export function healthOf({ state, failures }: Pick<Subscription, 'state' | 'failures'>): Health {
  const word = inside(state)
  return word === 'enabled' && failures > 0 ? 'failing' : word
}

const healthLooks: Record<Health, Look> = {
  enabled: { tone: 'done', icon: IconCheck },
  failing: { tone: 'near', icon: IconAlertTriangle },
  disabled: { tone: 'plain', icon: IconPlayerPause },
  failed: { tone: 'overdue', icon: IconPlugConnectedX },
}

export function HealthChip({ health }: { health: Health }) {
  const { t } = useTranslation('notifications')
  return <StatusChip {...healthLooks[health]} text={t(`state_${health}`)} />
}

/** The outcome of an attempt in words. */
export function useAttemptWords(): (attempt: Attempt) => string {
  const { t } = useTranslation('notifications')
  const words = useFailureWords()
  return ({ outcome, status, failure }) => {
    if (failure) return words(failure)
    if (status !== undefined) return t('answeredWith', { status })
    return t(inside(outcome) === 'delivered' ? 'delivery_delivered' : 'delivery_refused')
  }
}

/** Why a receiver did not take a notification; for a status other than 200, which one. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('notifications')
  return ({ reason, status }) => {
    const word = inside(reason)
    return word === 'http' && status !== undefined ? t('answeredWith', { status }) : t(`what_${word}`)
  }
}
