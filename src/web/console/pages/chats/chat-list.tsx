import { Button, Loader } from '@mantine/core'
import { IconArrowUp, IconMessages, IconSearchOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useBusinessId } from '../../data/business.ts'
import { useAdminPages } from '../../data/queries.ts'
import type { AdminChat } from './chat.ts'
import { ChatRow } from './chat-row.tsx'
import { ChatFilters, ChatSearch, useChatFilters } from './filters.tsx'

const rowHeight = 56
const rowsAhead = 12

function useChats() {
  const { filters } = useChatFilters()
  return useAdminPages(
    'GET /businesses/{businessId}/chats',
    { topics: ['chats'], rowsOf: page => page.chats },
    { query: { ...filters, limit: 50 } as never }, // texts of the address; the server judges them
  )
}
type Chats = ReturnType<typeof useChats>

const keyOf = (chat: AdminChat) => String(chat.chatId)

/** All chats of the cabinet, the one with the newest message first. */
export function ChatList({ openId }: { openId: string | undefined }) {
  const { t } = useTranslation('frame')
  const chats = useChats()
  const { rows, hasMore, isLoadingMore, loadMore } = chats
  // A page may be empty though there are more: so much is looked through at a time.
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
        {list => (list.length === 0 ? <Nothing /> : <Rows chats={chats} openId={openId} />)}
      </Read>
    </section>
  )
}

function Rows({ chats, openId }: { chats: Chats; openId: string | undefined }) {
  const { t } = useTranslation(['frame', 'ui'])
  const { rows, loadMore, isLoadingMore, hasNews, showNews } = chats
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => keyOf(rows[index] as AdminChat), // within count
    overscan: 8,
  })
  const { cursor, focused } = useWalk(rows, openId, index => virtual.scrollToIndex(index))
  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastIndex >= rows.length - rowsAhead) loadMore()
  }, [lastIndex, rows.length, loadMore])
  const inSight = items.map(({ index }) => keyOf(rows[index] as AdminChat)) // within count
  const reached = [cursor.key, openId, inSight[0]].find(key => key !== undefined && inSight.includes(key))
  return (
    <div className="chats-box">
      {hasNews && (
        <Button className="chats-news" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={showNews}>
          {t('ui:showNew')}
        </Button>
      )}
      <div ref={scroller} className="chats-scroll">
        <ul aria-label={t('frame:chats')} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const chat = rows[index] as AdminChat // within count
            return (
              <li key={key} aria-setsize={-1} aria-posinset={index + 1} style={{ transform: `translateY(${start}px)` }}>
                <ChatRow
                  chat={chat}
                  isOpen={key === openId}
                  isTabbable={key === reached}
                  takesFocus={cursor.isByKey && key === cursor.key}
                  onFocus={() => focused(String(key))}
                />
              </li>
            )
          })}
        </ul>
        {isLoadingMore && (
          <div className="chats-more">
            <Loader size="xs" aria-label={t('ui:loading')} />
          </div>
        )}
      </div>
    </div>
  )
}

type Cursor = { key: string | undefined; isByKey: boolean }

/** J and K walk the list. Beside an open chat they open the next; else Enter opens what they have led to. */
function useWalk(rows: readonly AdminChat[], openId: string | undefined, show: (index: number) => void) {
  const { t } = useTranslation('chats')
  const navigate = useNavigate()
  const businessId = useBusinessId()
  const [cursor, setCursor] = useState<Cursor>({ key: openId, isByKey: false })
  const step = (by: 1 | -1) => {
    const from = rows.findIndex(chat => keyOf(chat) === (openId ?? cursor.key))
    const index = Math.min(Math.max(from + by, 0), rows.length - 1)
    const chat = rows[index]
    if (!chat) return
    const key = keyOf(chat)
    setCursor({ key, isByKey: true })
    show(index)
    if (openId === undefined) return
    const to = { to: '/$businessId/chats/$chatId', params: { businessId, chatId: key } } as const
    void navigate({ ...to, search: true as never, replace: true })
  }
  const latest = useRef(step)
  useEffect(() => {
    latest.current = step
  })
  useKeys(
    useMemo(
      () => [
        { keys: 'j', does: t('nextKey'), run: () => latest.current(1) },
        { keys: 'k', does: t('previousKey'), run: () => latest.current(-1) },
      ],
      [t],
    ),
  )
  return { cursor, focused: (key: string) => setCursor({ key, isByKey: false }) }
}

function Nothing() {
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
