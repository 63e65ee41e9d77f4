import { Button } from '@mantine/core'
import { IconMessages, IconSearchOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { VirtualList } from '../../../parts/list/virtual-list.tsx'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useAdminPages } from '../../data/queries.ts'
import { type ChatsSearch, unfinished } from '../../data/search.ts'
import type { AdminChat } from './chat.ts'
import { ChatRow } from './chat-row.tsx'
import { ChatFilters, ChatSearch, useChatFilters } from './filters.tsx'

const rowHeight = 56

function useChats() {
  const { text, status, type, isTest } = useChatFilters().filters
  return useAdminPages(
    'GET /businesses/{businessId}/chats',
    { topics: ['chats'], rowsOf: page => page.chats },
    { query: { text, type, isTest: isTest && isTest === 'true', ...stateOf(status), limit: 50 } },
  )
}
type Chats = ReturnType<typeof useChats>

function stateOf(status: ChatsSearch['status']) {
  return status === unfinished ? { isFinished: false } : { status }
}

const keyOf = (chat: AdminChat) => String(chat.chatId)

/** All chats of the business, the one with the newest message first. */
export function ChatList({ openId }: { openId: string | undefined }) {
  const { t } = useTranslation('frame')
  const chats = useChats()
  const { rows, hasMore, isLoadingMore, loadMore } = chats
  // A page may be empty though there are more: the market looks through so many chats at a time.
  useEffect(() => {
    if (rows.length === 0 && hasMore && !isLoadingMore) loadMore()
  }, [rows.length, hasMore, isLoadingMore, loadMore])
  return (
    <section className="chats-list" aria-label={t('chats')}>
      <header className="page-head">
        <h1>{t('chats')}</h1>
        <ChatSearch />
      </header>
      <ChatFilters />
      <Read query={{ ...chats, data: rows.length === 0 && hasMore ? undefined : chats.data }}>
        {list => (list.length === 0 ? <NoChats /> : <Rows chats={chats} openId={openId} />)}
      </Read>
    </section>
  )
}

function Rows({ chats, openId }: { chats: Chats; openId: string | undefined }) {
  const { t } = useTranslation(['frame', 'chats'])
  const navigate = useNavigate({ from: '/$businessId/chats' })
  const openNext = (chatId: string) =>
    void navigate({ to: '/$businessId/chats/$chatId', params: { chatId }, search: true, replace: true })
  return (
    <VirtualList
      texts={{ label: t('frame:chats'), nextKey: t('chats:nextKey'), previousKey: t('chats:previousKey') }}
      rows={chats.rows}
      keyOf={keyOf}
      rowHeight={rowHeight}
      openKey={openId}
      onOpenNext={openNext}
      onEnd={chats.loadMore}
      isLoadingMore={chats.isLoadingMore}
      hasNews={chats.hasNews}
      onShowNews={chats.showNews}
    >
      {(chat, state) => <ChatRow chat={chat} {...state} />}
    </VirtualList>
  )
}

function NoChats() {
  const { t } = useTranslation('chats')
  const { isFiltered, forget } = useChatFilters()
  const businessId = useBusinessId()
  if (isFiltered)
    return (
      <EmptyState icon={IconSearchOff} title={t('noneTitle')} hint={t('noneHint')}>
        <Button variant="default" onClick={forget}>
          {t('forget')}
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={IconMessages} title={t('emptyTitle')} hint={t('emptyHint')}>
      <LinkButton to="/$businessId/test-orders" params={{ businessId }}>
        {t('emptyDo')}
      </LinkButton>
    </EmptyState>
  )
}
