import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { eventOfType } from '#contract'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useFormat } from '../../../ui/format.ts'
import type { Column } from '../../../ui/table/virtual-table.tsx'
import { useBusinessId } from '../../data/business.ts'
import { type Delivery, DeliveryChip, useAttemptWords } from './words.tsx'

export function useColumns(nameOf: (subscriptionId: Delivery['subscriptionId']) => string): Column<Delivery>[] {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const words = useAttemptWords()
  const businessId = useBusinessId()
  return useMemo<Column<Delivery>[]>(
    () => [
      { id: 'state', title: t('filterState'), width: '124px', render: ({ state }) => <DeliveryChip state={state} /> },
      {
        id: 'event',
        title: t('event'),
        width: 'minmax(150px, 1.3fr)',
        render: ({ type }) => t(`type_${eventOfType(type)}`),
      },
      {
        id: 'chat',
        title: t('chat'),
        width: '80px',
        from: 400,
        render: ({ chatId }) => (
          <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }} className="num">
            {String(chatId)}
          </Link>
        ),
      },
      {
        id: 'subscription',
        title: t('filterSubscription'),
        width: 'minmax(0, 1fr)',
        from: 900,
        render: ({ subscriptionId }) => nameOf(subscriptionId),
      },
      {
        id: 'attempt',
        title: t('lastAttempt'),
        width: 'minmax(0, 1.4fr)',
        from: 620,
        render: ({ attempts: [last] }) =>
          last ? (
            <span className="num">{`${words(last)} · ${format.duration(last.durationMs)}`}</span>
          ) : (
            <span className="muted">{t('noAttempt')}</span>
          ),
      },
      {
        id: 'count',
        title: t('attemptCount'),
        width: '80px',
        align: 'end',
        from: 740,
        render: ({ attemptCount }) => format.number(attemptCount),
      },
      {
        id: 'happened',
        title: t('happened'),
        width: '112px',
        align: 'end',
        from: 500,
        render: ({ happenedAt }) => <RelativeTime at={happenedAt} />,
      },
    ],
    [t, words, nameOf, businessId, format.duration, format.number],
  )
}
