import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useStayBelow } from '../../../parts/thread/stay-below.ts'
import { Thread } from '../../../parts/thread/thread.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { useBusinessId } from '../../data/business.ts'
import { type Message, useThreadMessages } from '../../words/thread-messages.ts'
import { useBuyer, useBuyerChats, useBuyerMessages } from './buyer.ts'
import { ChatTitle } from './chat-list.tsx'
import { PhoneComposer } from './composer.tsx'
import { DisputeButton } from './dispute.tsx'

/** One chat as its buyer sees it. */
export function ChatOnPhone({ chatId }: { chatId: string }) {
  const { t } = useTranslation(['phone', 'ui'])
  const navigate = useNavigate()
  const businessId = useBusinessId()
  const { publicId } = useBuyer()
  const messages = useBuyerMessages(chatId)
  const { data: chats = [] } = useBuyerChats()
  const chat = chats.find(known => String(known.chatId) === chatId)
  const back = () => void navigate({ to: '/$businessId/phone', params: { businessId }, search: { buyer: publicId } })
  return (
    <>
      <header className="phone-head">
        <ActionIcon aria-label={t('back')} onClick={back}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        {chat && <ChatTitle chat={chat} />}
        {chat && <DisputeButton chat={chat} />}
      </header>
      <Read query={messages}>{list => <Messages messages={list} />}</Read>
      <PhoneComposer chatId={chatId} />
    </>
  )
}

function Messages({ messages }: { messages: readonly Message[] }) {
  const { t } = useTranslation('phone')
  const toThread = useThreadMessages('customer')
  const scrolling = useStayBelow<HTMLElement>(
    String(messages[0]?.messageId ?? ''),
    String(messages.at(-1)?.messageId ?? ''),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="phone-body" aria-label={t('messages')} tabIndex={0} {...scrolling}>
      {messages.length === 0 ? (
        <p className="phone-nothing">{t('noMessages')}</p>
      ) : (
        <Thread messages={toThread(messages)} />
      )}
    </section>
  )
}
