import { Button } from '@mantine/core'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSetSearch } from '../../../../parts/routing/set-search.ts'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../../../ui/form/link-button.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { viewOf } from '../../../data/chats.ts'
import type { InboxSearch } from '../../../data/search.ts'
import { noFilters } from './filter-chips.tsx'

const titles = {
  waiting: { title: 'noneWaiting', hint: 'noneWaitingHint' },
  disputes: { title: 'noneDisputes', hint: 'noneDisputesHint' },
  buyer: { title: 'noneBuyer', hint: 'noneBuyerHint' },
  finished: { title: 'noneFinished', hint: 'noneFinishedHint' },
  all: { title: 'noneAll', hint: 'noneAllHint' },
} as const

const isFiltered = (search: InboxSearch) => [search.cabinetId, search.campaignId, search.contextType].some(Boolean)

// How soon was answered comes a moment later than that nobody waits.
const AllAnswered = lazy(() =>
  import('../../../start/all-answered.tsx').then(({ AllAnswered: Page }) => ({ default: Page })),
)

/** Why nothing is here: nothing waits, or filters hide it, which is said with how much they hide. */
export function NoChats({ search, inView }: { search: InboxSearch; inView: number }) {
  const { t } = useTranslation('inbox')
  const set = useSetSearch<InboxSearch>()
  const format = useFormat()
  const view = viewOf(search)
  if (isFiltered(search) && inView > 0)
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('noneShown', { shown: 0, total: format.number(inView) })}
        hint={t('filtered')}
      >
        <Button variant="default" onClick={() => set(noFilters)}>
          {t('clear')}
        </Button>
      </EmptyState>
    )
  if (view !== 'waiting' || search.campaignId || search.contextType) return <Nothing search={search} />
  return (
    <Suspense fallback={null}>
      <AllAnswered search={search} />
    </Suspense>
  )
}

function Nothing({ search }: { search: InboxSearch }) {
  const { t } = useTranslation('inbox')
  const view = viewOf(search)
  return (
    <EmptyState icon={IconInbox} title={t(titles[view].title)} hint={t(titles[view].hint)}>
      {view !== 'all' && (
        <LinkButton variant="default" to="/inbox" search={{ ...search, view: 'all', sort: undefined }}>
          {t('showAll')}
        </LinkButton>
      )}
    </EmptyState>
  )
}
