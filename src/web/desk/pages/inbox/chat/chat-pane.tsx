import { IconMessageOff } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenChat } from '#desk-protocol'
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx'
import { ProblemError } from '../../../../ui/feedback/problem.ts'
import { Read } from '../../../../ui/feedback/read.tsx'
import { useKeys } from '../../../../ui/keys/keys.ts'
import { useChat, useMessages } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { Composer } from '../composer/composer.tsx'
import type { Panels } from '../panels/use-panels.ts'
import { ChatHead } from './chat-head.tsx'
import { Messages } from './messages.tsx'
import { useMarkRead } from './use-mark-read.ts'

const FindBar = lazy(() => import('./find-bar.tsx').then(({ FindBar: Bar }) => ({ default: Bar })))

type Props = { place: ChatPlace; panels: Panels; focusCount: number }

/** One chat: what was written, and the place to answer. */
export function ChatPane({ place, panels, focusCount }: Props) {
  const { t } = useTranslation('inbox')
  const chat = useChat(place)
  // What was asked for in another chat moves no focus in this one.
  const [askedBefore] = useState(focusCount)
  if (chat.error instanceof ProblemError && chat.error.status === 404)
    return (
      <section className="inbox-chat">
        <EmptyState icon={IconMessageOff} title={t('noChat')} hint={t('noChatHint')} />
      </section>
    )
  return (
    <section className="inbox-chat" aria-label={chat.data?.customerName || t('nameless')}>
      <Read query={chat}>
        {read => <OpenedChat place={place} chat={read} panels={panels} focusCount={focusCount - askedBefore} />}
      </Read>
    </section>
  )
}

type OpenedProps = { place: ChatPlace; chat: OpenChat; panels: Panels; focusCount: number }

function OpenedChat({ place, chat, panels, focusCount }: OpenedProps) {
  const { t } = useTranslation('inbox')
  const messages = useMessages(place)
  const [isFinding, setFinding] = useState(false)
  const [quoted, setQuoted] = useState<string>()
  useMarkRead(place, chat, messages.data?.messages)
  useKeys(
    useMemo(
      () => [{ keys: 'mod+f', does: t('findKey'), run: () => setFinding(true), isEverywhere: true, isOfOpen: true }],
      [t],
    ),
  )
  return (
    <>
      <ChatHead place={place} chat={chat} panels={panels} />
      <Suspense fallback={null}>
        {isFinding && <FindBar messages={messages.data?.messages ?? []} onClose={() => setFinding(false)} />}
      </Suspense>
      <Messages
        place={place}
        chat={chat}
        messages={messages}
        isFinding={isFinding}
        onQuote={chat.canAnswer ? setQuoted : undefined}
      />
      {/* With the newest read it is known what the writer has seen. */}
      {messages.data && (
        <Composer
          place={place}
          chat={chat}
          messages={messages.data.messages}
          focusCount={focusCount}
          quoted={quoted}
          onQuoted={() => setQuoted(undefined)}
        />
      )}
    </>
  )
}
