import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { onWire } from '#contract'
import { useFormat } from '../../../ui/format.ts'
import { useBusinessId } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { type NotificationsSearch, unfinished } from '../../data/search.ts'

type Overview = AnswerOf<'GET /businesses/{businessId}/overview'>

/** The present numbers, each with a link to the list of what it counts. */
export function Counters({ chats, subscriptions }: Pick<Overview, 'chats' | 'subscriptions'>) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const businessId = useBusinessId()
  const chatsPage = { to: '/$businessId/chats' } as const
  const subscriptionsIn = (only: NotificationsSearch['only']) =>
    ({ to: '/$businessId/notifications', search: { show: 'subscriptions', only } }) as const
  const deliveriesPage = { to: '/$businessId/notifications', search: { show: 'deliveries', state: 'waiting' } } as const
  const shop = { status: onWire('waiting_for_partner') }
  const disputes = { type: onWire('arbitrage'), status: unfinished } as const
  const test = { isTest: 'true' } as const
  const counters = [
    { name: 'chatsTotal', value: chats.total, link: chatsPage },
    { name: 'waitingForShop', value: chats.waitingForShop, link: { ...chatsPage, search: shop }, tone: 'ours' },
    { name: 'disputes', value: chats.disputes, link: { ...chatsPage, search: disputes }, tone: 'dispute' },
    { name: 'testChats', value: chats.test, link: { ...chatsPage, search: test } },
    { name: 'subscriptionsOn', value: subscriptions.enabled, link: subscriptionsIn('enabled') },
    { name: 'subscriptionsFailed', value: subscriptions.failed, link: subscriptionsIn('failed'), tone: 'overdue' },
    { name: 'deliveriesWaiting', value: subscriptions.waiting, link: deliveriesPage, tone: 'near' },
  ] as const
  return (
    <nav className="counters" aria-label={t('counters')}>
      {counters.map(({ name, value, link, ...look }) => (
        <Link key={name} {...link} params={{ businessId }} className="counter">
          <b className="num" data-tone={value > 0 && 'tone' in look ? look.tone : undefined}>
            {format.number(value)}
          </b>
          <span>{t(name, { count: value })}</span>
        </Link>
      ))}
    </nav>
  )
}
