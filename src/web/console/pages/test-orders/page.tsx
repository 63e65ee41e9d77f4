import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconReceipt } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { testOrderDays } from '#contract'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useAdminPages } from '../../data/queries.ts'
import { useColumns } from './columns.tsx'
import { NewOrder } from './new-order.tsx'

/** Test orders of the business, the newest first, each with the way to its chat. */
export function TestOrdersPage() {
  const { t } = useTranslation(['testOrders', 'frame'])
  const orders = useTestOrders()
  const [isMaking, { open, close }] = useDisclosure()
  const makeButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={open}>
      {t('make')}
    </Button>
  )
  return (
    <Page title={t('frame:testOrders')} acts={makeButton} isFixed>
      <Read query={orders}>
        {rows =>
          rows.length === 0 ? (
            <EmptyState icon={IconReceipt} title={t('emptyTitle')} hint={t('emptyHint', { count: testOrderDays })}>
              {makeButton}
            </EmptyState>
          ) : (
            <OrderTable orders={orders} />
          )
        }
      </Read>
      <NewOrder isOpen={isMaking} onClose={close} onMade={orders.showNews} />
    </Page>
  )
}

function useTestOrders() {
  return useAdminPages(
    'GET /businesses/{businessId}/orders',
    { topics: [], rowsOf: page => page.orders },
    { query: { isTest: true } },
  )
}

function OrderTable({ orders }: { orders: ReturnType<typeof useTestOrders> }) {
  const { t } = useTranslation('frame')
  return (
    <VirtualTable
      label={t('testOrders')}
      rows={orders.rows}
      columns={useColumns()}
      keyOf={({ orderId }) => String(orderId)}
      rowHeight={44}
      onEnd={orders.loadMore}
      isLoadingMore={orders.isLoadingMore}
    />
  )
}
