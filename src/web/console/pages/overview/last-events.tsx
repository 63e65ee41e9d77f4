import { IconActivity, IconCirclePlus, IconGavel, IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useBusinessId } from '../../data/business.ts'
import type { AnswerOf } from '../../data/market.ts'
import { useSession } from '../../data/session.ts'

type Event = AnswerOf<'GET /businesses/{businessId}/overview'>['events'][number]

const icons = { message: IconMessage, chat: IconCirclePlus, dispute: IconGavel }

export function LastEvents({ events }: { events: readonly Event[] }) {
  const { t } = useTranslation('overview')
  return (
    <section className="events" aria-labelledby="events-title">
      <h2 id="events-title">{t('lastEvents')}</h2>
      {events.length === 0 ? (
        <NoEvents />
      ) : (
        <ol>
          {events.toSorted(newestFirst).map(one => (
            <EventRow key={keyOf(one)} event={one} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** Of events of one moment, the opening of a chat is the oldest. */
const newestFirst = (a: Event, b: Event) =>
  b.at.localeCompare(a.at) || Number(a.kind === 'chat') - Number(b.kind === 'chat')

const keyOf = ({ at, kind, chatId, sender }: Event) => `${at} ${kind} ${chatId} ${sender}`

function EventRow({ event: { at, kind, chatId, sender, text } }: { event: Event }) {
  const { t } = useTranslation(['overview', 'words'])
  const businessId = useBusinessId()
  const Icon = icons[kind]
  return (
    <li>
      <Link to="/$businessId/chats/$chatId" params={{ businessId, chatId: String(chatId) }} className="event">
        <Icon size={16} stroke={1.5} aria-hidden className={`event-${kind}`} />
        <span className="event-who">{sender ? t(`words:sender_${inside(sender)}`) : t(`words:event_${kind}`)}</span>
        <span className="event-text cut">{text}</span>
        <span className="event-chat meta num">{t('openChat', { id: String(chatId) })}</span>
        <span className="event-at meta">
          <RelativeTime at={at} />
        </span>
      </Link>
    </li>
  )
}

function NoEvents() {
  const { t } = useTranslation('overview')
  const businessId = useBusinessId()
  const { data: session } = useSession()
  return (
    <EmptyState icon={IconActivity} title={t('noEvents')} hint={t('noEventsHint')}>
      <LinkButton to="/$businessId/test-orders" params={{ businessId }}>
        {t('noEventsOrders')}
      </LinkButton>
      {session?.hasLab && (
        <LinkButton variant="default" to="/$businessId/lab" params={{ businessId }}>
          {t('noEventsLab')}
        </LinkButton>
      )}
    </EmptyState>
  )
}
