import { Button } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Page } from '../../../ui/frame/page.tsx'
import { VirtualTable } from '../../../ui/table/virtual-table.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useAdminPages } from '../../data/queries.ts'
import { keyOf, type LoggedRequest, useColumns } from './columns.tsx'
import { RequestDetails } from './details.tsx'
import { FilterBar, useRequestFilters } from './filters.tsx'
import './query-log.css'

/** What the business's keys have asked the published API, and what it answered, the newest first. */
export function QueryLogPage() {
  const { t } = useTranslation(['queryLog', 'frame'])
  const { filters, isFiltered } = useRequestFilters()
  const [open, setOpen] = useState<LoggedRequest>()
  const requests = useRequests(filters)
  const close = useMemo(() => () => setOpen(undefined), [])
  return (
    <Page
      title={t('frame:queryLog')}
      bar={<FilterBar rows={requests.rows} />}
      isFixed
      aside={open && <RequestDetails request={open} onClose={close} />}
    >
      <Read query={{ ...requests, data: requests.isPending || requests.error ? undefined : requests.rows }}>
        {rows =>
          rows.length === 0 ? (
            <Nothing
              isFiltered={isFiltered}
              searchedBack={requests.pages.at(-1)?.searchedBack}
              onFurther={requests.hasMore ? requests.loadMore : undefined}
              isLooking={requests.isLoadingMore}
            />
          ) : (
            <RequestTable requests={requests} open={open} onOpen={setOpen} />
          )
        }
      </Read>
    </Page>
  )
}

function useRequests(query: ReturnType<typeof useRequestFilters>['filters']) {
  return useAdminPages(
    'GET /businesses/{businessId}/requests',
    { topics: ['requests'], rowsOf: page => page.requests },
    { query },
  )
}

type TableProps = {
  requests: ReturnType<typeof useRequests>
  open: LoggedRequest | undefined
  onOpen: (request: LoggedRequest) => void
}

function RequestTable({ requests, open, onOpen }: TableProps) {
  const { t } = useTranslation('frame')
  return (
    <VirtualTable
      label={t('queryLog')}
      rows={requests.rows}
      columns={useColumns()}
      keyOf={keyOf}
      onOpen={onOpen}
      openKey={open && keyOf(open)}
      onEnd={requests.loadMore}
      isLoadingMore={requests.isLoadingMore}
      hasNews={requests.hasNews}
      onShowNews={requests.showNews}
    />
  )
}

type NothingProps = {
  isFiltered: boolean
  searchedBack: string | undefined
  onFurther: (() => void) | undefined
  isLooking: boolean
}

function Nothing({ isFiltered, searchedBack, onFurther, isLooking }: NothingProps) {
  const { t } = useTranslation('queryLog')
  const format = useFormat()
  const { forget } = useRequestFilters()
  const businessId = useBusinessId()
  if (!isFiltered)
    return (
      <EmptyState icon={IconListSearch} title={t('emptyTitle')} hint={t('emptyHint')}>
        <LinkButton to="/$businessId/keys" params={{ businessId }}>
          {t('emptyDo')}
        </LinkButton>
      </EmptyState>
    )
  const hint = searchedBack === undefined ? '' : t('noneHint', { date: format.dateTime(new Date(searchedBack)) })
  return (
    <EmptyState icon={IconListSearch} title={t('noneTitle')} hint={hint}>
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
