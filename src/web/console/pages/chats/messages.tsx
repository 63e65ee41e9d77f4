import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStayBelow } from '../../../parts/thread/stay-below.ts'
import { Thread } from '../../../parts/thread/thread.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { useMessages } from './chat.ts'
import type { Loaded } from './loaded.ts'

// Older messages are asked for before their reader has come to the top.
const aheadPx = 400
const farPx = 200

export function Messages({ chatId }: { chatId: string }) {
  const messages = useMessages(chatId)
  const older = { load: () => void messages.loadOlder(), isLoading: messages.isLoadingOlder }
  return <Read query={messages}>{loaded => <Scroll loaded={loaded} older={older} />}</Read>
}

type Props = { loaded: Loaded; older: { load: () => void; isLoading: boolean } }

function Scroll({ loaded: { messages, before }, older }: Props) {
  const { t } = useTranslation('chats')
  const last = messages.at(-1)?.messageId
  const { ref, onScroll, onLoadCapture } = useStayBelow<HTMLElement>(
    String(messages[0]?.messageId ?? ''),
    String(last ?? ''),
  )
  // The last message that was in sight; undefined while the newest is.
  const [seen, setSeen] = useState<typeof last>()
  const look = () => {
    onScroll()
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = ref.current ?? {}
    const isFar = scrollHeight - scrollTop - clientHeight > farPx
    setSeen(known => (isFar ? (known ?? last) : undefined))
    if (scrollTop < aheadPx && before !== undefined) older.load()
  }
  useResized(ref, onLoadCapture)
  useFilled(ref, before === undefined ? undefined : older.load)
  if (messages.length === 0) return <p className="chats-nothing">{t('noMessages')}</p>
  const news = seen === undefined ? 0 : messages.filter(({ messageId }) => messageId > seen).length
  return (
    <div className="chats-thread">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={ref} aria-label={t('messages')} tabIndex={0} onScroll={look} onLoadCapture={onLoadCapture}>
        {before !== undefined && (
          <div className="chats-older">
            <Button variant="subtle" onClick={older.load} loading={older.isLoading}>
              {t('older')}
            </Button>
          </div>
        )}
        <Thread messages={messages} mine="partner" />
      </section>
      {seen !== undefined && (
        <Button
          className="chats-down"
          radius="xl"
          variant={news > 0 ? 'filled' : 'default'}
          leftSection={<IconArrowDown size={14} />}
          onClick={() => ref.current?.scrollTo({ top: ref.current.scrollHeight })}
        >
          {news > 0 ? t('down', { count: news }) : t('toNewest')}
        </Button>
      )}
    </div>
  )
}

/** The newest stays in sight when the composer below grows. */
function useResized(ref: RefObject<HTMLElement | null>, stay: () => void): void {
  const latest = useRef(stay)
  useEffect(() => {
    latest.current = stay
  })
  useEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref])
}

/** Asks for older messages until there is something to scroll. */
function useFilled(ref: RefObject<HTMLElement | null>, loadOlder: (() => void) | undefined): void {
  useEffect(() => {
    if (ref.current && ref.current.scrollHeight <= ref.current.clientHeight) loadOlder?.()
  })
}
