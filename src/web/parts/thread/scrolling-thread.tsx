import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useStayBelow } from './stay-below.ts'
import { type Manner, Thread } from './thread.tsx'
import type { ThreadMessage } from './thread-message.ts'
import './scrolling-thread.css'

// Older messages are asked for before their reader has come to the top.
const aheadPx = 400
const farPx = 200

type ThreadTexts = {
  messages: string
  empty: string
  older: string
  /** On the button that scrolls to the end: without and with new messages below. */
  toNewest: string
  newBelow: (count: number) => string
}

type Props = Manner & {
  messages: readonly ThreadMessage[]
  texts: ThreadTexts
  /** Undefined where the first message is there. */
  older: { load: () => void; isLoading: boolean } | undefined
}

/** A thread that keeps its reader's place, reads on upwards, and says how much has come below. */
export function ScrollingThread({ messages, texts, older, ...manner }: Props) {
  const { ref, onScroll, onLoadCapture, down } = useReading(messages, older?.load)
  useResized(ref, onLoadCapture)
  useFilled(ref, older?.load)
  if (messages.length === 0) return <p className="thread-empty">{texts.empty}</p>
  return (
    <div className="thread-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={ref} aria-label={texts.messages} tabIndex={0} onScroll={onScroll} onLoadCapture={onLoadCapture}>
        {older && (
          <div className="thread-older">
            <Button variant="subtle" onClick={older.load} loading={older.isLoading}>
              {texts.older}
            </Button>
          </div>
        )}
        <Thread messages={messages} {...manner} />
      </section>
      {down.isOffered && <DownButton count={down.count} texts={texts} onDown={down.go} />}
    </div>
  )
}

function DownButton({ count, texts, onDown }: { count: number; texts: ThreadTexts; onDown: () => void }) {
  return (
    <Button
      className="thread-down"
      radius="xl"
      variant={count > 0 ? 'filled' : 'default'}
      leftSection={<IconArrowDown size={14} />}
      onClick={onDown}
    >
      {count > 0 ? texts.newBelow(count) : texts.toNewest}
    </Button>
  )
}

/** Where the reader is, and what has come below since they left the end. */
function useReading(messages: readonly ThreadMessage[], loadOlder: (() => void) | undefined) {
  const lastKey = messages.at(-1)?.key
  const { ref, onScroll, onLoadCapture } = useStayBelow<HTMLElement>(messages[0]?.key ?? '', lastKey ?? '')
  // The last message that was in sight; undefined while the newest is.
  const [seenKey, setSeenKey] = useState<string>()
  const look = () => {
    onScroll()
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = ref.current ?? {}
    const isFar = scrollHeight - scrollTop - clientHeight > farPx
    setSeenKey(known => (isFar ? (known ?? lastKey) : undefined))
    if (scrollTop < aheadPx) loadOlder?.()
  }
  const seenAt = messages.findLastIndex(({ key }) => key === seenKey)
  return {
    ...{ ref, onLoadCapture },
    onScroll: look,
    down: {
      isOffered: seenKey !== undefined,
      count: seenAt < 0 ? 0 : messages.length - 1 - seenAt,
      go: () => ref.current?.scrollTo({ top: ref.current.scrollHeight }),
    },
  }
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
