import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Read } from '../../../ui/feedback/read.tsx'
import { useKeys } from '../../../ui/keys/keys.ts'
import { useChat } from './chat.ts'
import { ChatHead } from './chat-head.tsx'
import { Composer } from './composer.tsx'
import { Messages } from './messages.tsx'

type Props = { chatId: string; isJsonShown: boolean; onJson: () => void }

/** One chat: what was written, and a place to speak as anyone. */
export function ChatPane({ chatId, isJsonShown, onJson }: Props) {
  const chat = useChat(chatId)
  const field = useRef<HTMLTextAreaElement>(null)
  const back = useBack()
  useChatKeys(back, field)
  return (
    <section className="chats-chat" aria-label={chat.data?.chat.customerName}>
      <Read query={chat}>
        {({ chat: read }) => (
          <>
            <ChatHead chat={read} isJsonShown={isJsonShown} onJson={onJson} onBack={back} />
            <Messages chatId={chatId} />
            <Composer chat={read} field={field} />
          </>
        )}
      </Read>
    </section>
  )
}

function useBack() {
  const navigate = useNavigate({ from: '/$businessId/chats' })
  return useMemo(() => () => void navigate({ to: '/$businessId/chats', search: true }), [navigate])
}

function useChatKeys(back: () => void, field: { current: HTMLTextAreaElement | null }): void {
  const { t } = useTranslation('chats')
  useKeys(
    useMemo(
      () => [
        { keys: 'r', does: t('writeKey'), run: () => field.current?.focus() },
        { keys: 'esc', does: t('backKey'), run: back },
      ],
      [t, back, field],
    ),
  )
}
