import { useTranslation } from 'react-i18next'
import { BarChart } from '../../../ui/chart/bar-chart.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import type { AnswerOf } from '../../data/market.ts'
import { useAdmin } from '../../data/queries.ts'
import { Counters } from './counters.tsx'
import { LastEvents } from './last-events.tsx'
import './overview.css'

const minuteMs = 60_000

/** The business at a glance: how many chats wait for whom, the last hour, the last events. */
export function OverviewPage() {
  const { t } = useTranslation(['overview', 'frame'])
  // The bars move with the time, so they are read again also when nothing happens.
  const query = useAdmin('GET /businesses/{businessId}/overview', {
    topics: ['chats', 'deliveries', 'subscriptions'],
    pollMs: minuteMs,
  })
  return (
    <Page title={t('frame:overview')}>
      <Read query={query}>
        {overview => (
          <div className="overview">
            <Counters chats={overview.chats} subscriptions={overview.subscriptions} />
            <div className="overview-bars">
              <MessageBars messages={overview.messages} />
              <DeliveryBars deliveries={overview.deliveries} />
            </div>
            {overview.isPartial && <p className="overview-partial meta">{t('partial')}</p>}
            <LastEvents events={overview.events} />
          </div>
        )}
      </Read>
    </Page>
  )
}

type Overview = AnswerOf<'GET /businesses/{businessId}/overview'>

function MessageBars({ messages }: Pick<Overview, 'messages'>) {
  const { t } = useTranslation('overview')
  return (
    <BarChart
      title={t('messages')}
      series={[
        { name: t('fromCustomers'), tone: 'ours' },
        { name: t('fromShop'), tone: 'done' },
        { name: t('fromOthers'), tone: 'plain' },
      ]}
      bars={messages.map(({ minute, customer, partner, other }) => ({
        at: new Date(minute),
        values: [customer, partner, other],
      }))}
    />
  )
}

function DeliveryBars({ deliveries }: Pick<Overview, 'deliveries'>) {
  const { t } = useTranslation('overview')
  return (
    <BarChart
      title={t('deliveries')}
      series={[
        { name: t('delivered'), tone: 'done' },
        { name: t('refused'), tone: 'near' },
        { name: t('failed'), tone: 'overdue' },
      ]}
      bars={deliveries.map(({ minute, delivered, refused, failed }) => ({
        at: new Date(minute),
        values: [delivered, refused, failed],
      }))}
    />
  )
}
