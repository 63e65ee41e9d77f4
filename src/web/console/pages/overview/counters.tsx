import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/format.ts'
import { useBusinessId } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'

type Overview = AnswerOf<'GET /businesses/{businessId}/overview'>

/** The present numbers, each with a link to what it counts. */
export function Counters({ chats, subscriptions }: Pick<Overview, 'chats' | 'subscriptions'>) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const businessId = useBusinessId()
  const chatsPage = '/$businessId/chats'
  const notificationsPage = '/$businessId/notifications'
  const counters = [
    { name: t('chatsTotal'), value: chats.total, to: chatsPage },
    { name: t('waitingForShop'), value: chats.waitingForShop, to: chatsPage, tone: 'ours' },
    { name: t('disputes'), value: chats.disputes, to: chatsPage, tone: 'dispute' },
    { name: t('testChats'), value: chats.test, to: chatsPage },
    { name: t('subscriptionsOn'), value: subscriptions.enabled, to: notificationsPage },
    { name: t('subscriptionsFailed'), value: subscriptions.failed, to: notificationsPage, tone: 'overdue' },
    { name: t('deliveriesWaiting'), value: subscriptions.waiting, to: notificationsPage, tone: 'near' },
  ] as const
  return (
    <nav className="counters" aria-label={t('counters')}>
      {counters.map(({ name, value, to, ...look }) => (
        <Link key={name} to={to} params={{ businessId }} className="counter">
          <b className="num" data-tone={value > 0 && 'tone' in look ? look.tone : undefined}>
            {format.number(value)}
          </b>
          <span>{name}</span>
        </Link>
      ))}
    </nav>
  )
}
