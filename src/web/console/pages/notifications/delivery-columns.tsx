import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { eventOfType } from '#contract'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useFormat } from '../../../ui/format.ts'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { useBusinessId } from '../../data/business.ts'
import { type Delivery, DeliveryChip, useAttemptWords } from './words.tsx'

type NameOf = (subscriptionId: Delivery['subscriptionId']) => string

export function useDeliveryColumns(nameOf: NameOf): Column<Delivery>[] {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  return useMemo<Column<Delivery>[]>(
    () => [
      { ...head('state', t('filterState'), '124px'), render: ({ state }) => <DeliveryChip state={state} /> },
      { ...head('event', t('event'), 'minmax(150px, 1.3fr)'), render: ({ type }) => t(`type_${eventOfType(type)}`) },
      { ...head('chat', t('chat'), '80px', 400), render: ({ chatId }) => <ChatLink chatId={chatId} /> },
      {
        ...head('subscription', t('filterSubscription'), 'minmax(0, 1fr)', 900),
        render: ({ subscriptionId }) => nameOf(subscriptionId),
      },
      {
        ...head('attempt', t('lastAttempt'), 'minmax(0, 1.4fr)', 620),
        render: delivery => <LastAttempt delivery={delivery} />,
      },
      {
        ...head('count', t('attemptCount'), '80px', 740),
        align: 'end',
        render: ({ attemptCount }) => format.number(attemptCount),
      },
      {
        ...head('happened', t('happened'), '112px', 500),
        align: 'end',
        render: ({ happenedAt }) => <RelativeTime at={happenedAt} />,
      },
    ],
    [t, nameOf, format.number],
  )
}

function ChatLink({ chatId }: Pick<Delivery, 'chatId'>) {
  const businessId = useBusinessId()
  return (
    <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }} className="num">
      {String(chatId)}
    </Link>
  )
}

function LastAttempt({ delivery: { attempts } }: { delivery: Delivery }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const words = useAttemptWords()
  const [last] = attempts
  if (!last) return <span className="muted">{t('noAttempt')}</span>
  return <span className="num">{`${words(last)} · ${format.duration(last.durationMs)}`}</span>
}
