import { IconMessageCircle } from '@tabler/icons-react'
import { useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { useShown } from '../../../ui/keys/shown.ts'
import { type ChatPlace, useCounts, viewOf } from '../../data/chats.ts'
import { titleWith } from '../../frame/news/favicon.ts'
import { ChatPane, ContextPane, useChatSoon } from './chat-soon.tsx'
import { ChatList } from './list/chat-list.tsx'
import { OpenLongest } from './list/open-longest.tsx'
import { usePanels } from './panels/use-panels.ts'
import { TakeBackBar } from './take-back/take-back-bar.tsx'
import { useInboxKeys } from './use-inbox-keys.ts'
import { Views } from './views/views.tsx'
import '../../../ui/frame/page.css'
import './views/views.css'
import './list/list.css'
import './chat/chat.css'
// Last: what is otherwise on small screens.
import './inbox.css'

/** Who waits, one chat to answer, and what is known about it. */
export function InboxPage() {
  const place = useOpenPlace()
  const search = useSearch({ from: '/frame/inbox' })
  const panels = usePanels(place)
  const [focusCount, setFocusCount] = useState(0)
  useInboxKeys(place, panels, () => setFocusCount(count => count + 1))
  useTitle()
  useChatSoon()
  const pane = place === undefined ? 'list' : search.panel === 'context' ? 'context' : 'chat'
  return (
    <div className="inbox" data-pane={pane} data-focus={panels.isFocused || undefined}>
      {panels.areViewsShown && <Views onClose={panels.toggleViews} isFloating={panels.areViewsFloating} />}
      <ChatList openPlace={place} />
      {place === undefined ? (
        <NothingOpen />
      ) : (
        <Suspense fallback={<div className="inbox-chat" />}>
          <ChatPane key={`${place.cabinetId}/${place.chatId}`} place={place} panels={panels} focusCount={focusCount} />
        </Suspense>
      )}
      {place !== undefined && panels.isContextShown && (
        <Suspense fallback={null}>
          <ContextPane
            key={`context ${place.cabinetId}/${place.chatId}`}
            place={place}
            isFloating={panels.isContextFloating}
            onClose={panels.toggleContext}
          />
        </Suspense>
      )}
      <TakeBackBar />
    </div>
  )
}

function NothingOpen() {
  const { t } = useTranslation('inbox')
  const keys = { next: useShown('j'), previous: useShown('k'), longest: useShown('u') }
  return (
    <div className="inbox-chat">
      <EmptyState icon={IconMessageCircle} title={t('chooseTitle')} hint={t('chooseHint', keys)}>
        <OpenLongest />
      </EmptyState>
    </div>
  )
}

function useOpenPlace(): ChatPlace | undefined {
  const params = useParams({ strict: false })
  const { cabinetId, chatId } = params
  return cabinetId !== undefined && chatId !== undefined ? { cabinetId, chatId } : undefined
}

function useTitle(): void {
  const { t } = useTranslation('inbox')
  const search = useSearch({ from: '/frame/inbox' })
  const waiting = useCounts({})?.waiting
  const title = titleWith(waiting, t(`view_${viewOf(search)}`))
  useEffect(() => {
    document.title = title
  }, [title])
}
