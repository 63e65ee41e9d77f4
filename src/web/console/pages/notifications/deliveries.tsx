import { Button } from '@mantine/core'
import { IconBellRinging, IconZoomQuestion } from '@tabler/icons-react'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useAdminPages } from '../../data/queries.ts'
import { useSession } from '../../data/session.ts'
import { useDeliveryColumns } from './delivery-columns.tsx'
import { DeliveryFilters, useDeliveryFilters } from './filters.tsx'
import type { Delivery, Told } from './words.tsx'

// A page of a rare filter may be empty: so many pages are read before a person is asked.
const pagesUnasked = 10

type Props = {
  told: Told
  openId: string | undefined
  onOpen: (delivery: Delivery) => void
}

/** What was delivered to the business's subscriptions, the newest first. */
export function Deliveries({ told, openId, onOpen }: Props) {
  const list = useDeliveries()
  const columns = useDeliveryColumns(useNameOf(told))
  const { t } = useTranslation('notifications')
  return (
    <>
      <DeliveryFilters told={told} />
      <Read query={list}>
        {rows =>
          rows.length === 0 ? (
            <Nothing onFurther={list.hasMore ? list.loadMore : undefined} isLooking={list.isLoadingMore} />
          ) : (
            <VirtualTable
              label={t('deliveries')}
              rows={rows}
              columns={columns}
              keyOf={({ deliveryId }) => deliveryId}
              onOpen={onOpen}
              openKey={openId}
              onEnd={list.loadMore}
              isLoadingMore={list.isLoadingMore}
              hasNews={list.hasNews}
              onShowNews={list.showNews}
            />
          )
        }
      </Read>
    </>
  )
}

/** Until a page has rows or the last page that is read unasked was empty, `data` is undefined. */
function useDeliveries() {
  const { query } = useDeliveryFilters()
  const list = useAdminPages(
    'GET /businesses/{businessId}/deliveries',
    { topics: ['deliveries', 'subscriptions'], rowsOf: page => page.deliveries },
    { query },
  )
  const { hasMore, isLoadingMore, loadMore, pages } = list
  const isLookingOn = list.rows.length === 0 && hasMore && pages.length < pagesUnasked
  useEffect(() => {
    if (isLookingOn && !isLoadingMore) loadMore()
  }, [isLookingOn, isLoadingMore, loadMore])
  return { ...list, data: isLookingOn ? undefined : list.data }
}

/** The name of a subscription by its id. */
function useNameOf({ subscriptions }: Told) {
  return useCallback(
    (id: Delivery['subscriptionId']) =>
      subscriptions.find(({ subscriptionId }) => subscriptionId === id)?.name ?? String(id),
    [subscriptions],
  )
}

type NothingProps = { onFurther: (() => void) | undefined; isLooking: boolean }

function Nothing({ onFurther, isLooking }: NothingProps) {
  const { t } = useTranslation('notifications')
  const { isFiltered, forget } = useDeliveryFilters()
  if (!isFiltered) return <NothingYet />
  return (
    <EmptyState icon={IconZoomQuestion} title={t('noneTitle')} hint={t('noneHint')}>
      {onFurther && (
        <Button onClick={onFurther} loading={isLooking}>
          {t('lookFurther')}
        </Button>
      )}
      <Button variant="default" onClick={forget}>
        {t('forget')}
      </Button>
    </EmptyState>
  )
}

function NothingYet() {
  const { t } = useTranslation('notifications')
  const businessId = useBusinessId()
  const { data: session } = useSession()
  const next = session?.hasLab
    ? ({ to: '/$businessId/lab', text: t('noDeliveryDo') } as const)
    : ({ to: '/$businessId/test-orders', text: t('noDeliveryOrders') } as const)
  return (
    <EmptyState icon={IconBellRinging} title={t('noDeliveryTitle')} hint={t('noDeliveryHint')}>
      <LinkButton to={next.to} params={{ businessId }}>
        {next.text}
      </LinkButton>
    </EmptyState>
  )
}
