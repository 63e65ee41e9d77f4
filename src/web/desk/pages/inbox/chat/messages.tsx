import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { OpenChat } from '#desk-protocol'
import { ScrollingThread } from '../../../../parts/thread/scrolling-thread.tsx'
import type { FileInThread } from '../../../../parts/thread/thread-message.ts'
import { Read } from '../../../../ui/feedback/read.tsx'
import type { useMessages } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import type { Loaded } from '../../../data/loaded.ts'
import { AnswerFoot } from './answer-foot.tsx'
import { picturesIn } from './files.ts'
import { usePictureKey } from './use-picture-key.ts'
import { QuoteButton, useQuoteKey } from './use-quoting.tsx'
import { useThreadMessages } from './use-thread-messages.ts'

const PictureView = lazy(() => import('./picture-view.tsx').then(({ PictureView: View }) => ({ default: View })))

type Props = {
  place: ChatPlace
  chat: OpenChat
  messages: ReturnType<typeof useMessages>
  /** Undefined where nobody can answer. */
  onQuote: ((text: string) => void) | undefined
  /** Nothing may be folded away, so that words are found. */
  isFinding: boolean
}

export function Messages(props: Props) {
  return <Read query={props.messages}>{loaded => <OpenedThread {...props} loaded={loaded} />}</Read>
}

function OpenedThread({ place, chat, messages, loaded, onQuote, isFinding }: Props & { loaded: Loaded }) {
  const { t } = useTranslation('inbox')
  const [opened, setOpened] = useState<FileInThread>()
  // What was the newest when the chat was opened; in a chat without messages everything is new.
  const [seen] = useState(loaded.messages.at(-1)?.messageId ?? 0)
  const toThread = useThreadMessages({
    onOpen: setOpened,
    footOf: answer => <AnswerFoot place={place} answer={answer} />,
    actsOf: text => onQuote && <QuoteButton onQuote={() => onQuote(text)} />,
  })
  useQuoteKey(loaded.messages, onQuote)
  usePictureKey(loaded.messages, setOpened)
  const thread = toThread(loaded.messages, chat.answers, chat.customerName)
  const fresh = loaded.messages.find(({ messageId, sender }) => messageId > seen && inside(sender) !== 'partner')
  return (
    <>
      <ScrollingThread
        foldText={isFinding ? undefined : folded => t('fold', { count: countOf(folded) })}
        messages={thread}
        newFrom={fresh && { key: firstKeyOf(thread, fresh.messageId), text: t('newSince') }}
        texts={{
          messages: t('messages'),
          empty: t('noMessages'),
          older: t('older'),
          toNewest: t('toNewest'),
          newBelow: count => t('down', { count }),
        }}
        older={
          loaded.hasMore ? { load: () => void messages.loadOlder(), isLoading: messages.isLoadingOlder } : undefined
        }
      />
      {opened && (
        <Suspense fallback={null}>
          <PictureView
            pictures={picturesIn(loaded.messages)}
            opened={opened}
            onOpen={setOpened}
            onClose={() => setOpened(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}

const countOf = (thread: readonly { key: string }[]) => new Set(thread.map(({ key }) => key.split('.')[0])).size

/** A message may be several bubbles. */
function firstKeyOf(thread: readonly { key: string }[], messageId: number | bigint): string {
  return thread.find(({ key }) => key.split('.')[0] === String(messageId))?.key ?? ''
}
