import { useMediaQuery } from '@mantine/hooks'
import { IconMessageCircle, IconMessageOff } from '@tabler/icons-react'
import { getRouteApi, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSetSearch } from '../../../parts/routing/set-search.ts'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useBusinessId } from '../../data/business.ts'
import type { ChatsSearch } from '../../data/search.ts'
import { useIsMissing } from './chat.ts'
import { ChatList } from './chat-list.tsx'
import { ChatPane } from './chat-pane.tsx'
import { PublishedPane } from './published.tsx'
import '../../../ui/frame/page.css'
import './chats.css'

const chatsRoute = getRouteApi('/$businessId/chats')

/** The business's chats as the market sees them, one of them to speak in, and beside it what the shop's API answers. */
export function ChatsPage() {
  const { t } = useTranslation(['chats', 'frame'])
  const { chatId } = useParams({ strict: false })
  const json = useJsonPane()
  useEffect(() => {
    document.title = `${t('frame:chats')} · Prilavok`
  }, [t])
  const isMissing = useIsMissing(chatId)
  const isJsonShown = chatId !== undefined && json.isShown && !isMissing
  const pane = chatId === undefined ? 'list' : isJsonShown ? 'json' : 'chat'
  return (
    <div className="chats" data-pane={pane}>
      <ChatList openId={chatId} />
      {chatId === undefined ? (
        <div className="chats-chat">
          <EmptyState icon={IconMessageCircle} title={t('chats:chooseTitle')} hint={t('chats:chooseHint')} />
        </div>
      ) : isMissing ? (
        <NoSuchChat chatId={chatId} />
      ) : (
        <ChatPane key={chatId} chatId={chatId} isJsonShown={isJsonShown} onJson={json.toggle} />
      )}
      {isJsonShown && <PublishedPane chatId={chatId} onClose={json.toggle} />}
    </div>
  )
}

function NoSuchChat({ chatId }: { chatId: string }) {
  const { t } = useTranslation('chats')
  const businessId = useBusinessId()
  return (
    <div className="chats-chat">
      <EmptyState icon={IconMessageOff} title={t('missingTitle')} hint={t('missingHint', { id: chatId })}>
        <LinkButton variant="default" to="/$businessId/chats" params={{ businessId }}>
          {t('back')}
        </LinkButton>
      </EmptyState>
    </div>
  )
}

/** On a wide screen the pane is shown unless it was hidden; on a narrow one it is hidden unless it was asked for. */
function useJsonPane() {
  const { json } = chatsRoute.useSearch()
  const set = useSetSearch<ChatsSearch>()
  const isWide = useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false })
  const isShown = json === undefined ? isWide : json === 'on'
  return { isShown, toggle: () => set({ json: isShown ? 'off' : 'on' }) }
}
