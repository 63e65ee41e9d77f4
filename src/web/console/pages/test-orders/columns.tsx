import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { type Column, head } from '../../../ui/table/table-row.tsx'
import { type Order, OrderActs } from './order-acts.tsx'
import { useStores } from './stores.ts'

export function useColumns(): Column<Order>[] {
  const { t } = useTranslation('testOrders')
  const { stores } = useStores()
  return useMemo<Column<Order>[]>(() => {
    const storeOf = ({ campaignId }: Order) => stores.find(store => store.campaignId === campaignId)?.domain
    return [
      {
        ...head('order', t('order'), '96px'),
        render: ({ orderId }) => <CodeValue text={String(orderId)} />,
      },
      {
        ...head('buyer', t('buyer'), 'minmax(0, 1fr)'),
        render: ({ customerName }) => <span className="cut">{customerName}</span>,
      },
      {
        ...head('store', t('store'), 'minmax(0, 1fr)', 640),
        render: order => storeOf(order) ?? String(order.campaignId),
      },
      { ...head('created', t('created'), '120px', 560), render: ({ createdAt }) => <RelativeTime at={createdAt} /> },
      {
        ...head('expires', t('expires'), '140px', 800),
        render: ({ expiresAt }) => expiresAt && <RelativeTime at={expiresAt} />,
      },
      {
        ...head('acts', '', '168px'),
        align: 'end',
        render: order => <OrderActs order={order} />,
      },
    ]
  }, [t, stores])
}
