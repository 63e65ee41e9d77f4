import { useFormat } from '../../ui/format.ts'
import { BubbleContent } from './bubble-content.tsx'
import type { ThreadMessage } from './thread-message.ts'

/** One message. Texts are shown as they were typed, never as markup. */
export function Bubble({ message: { content, side, author, createdAt } }: { message: ThreadMessage }) {
  const format = useFormat()
  const at = new Date(createdAt)
  const isBare = content.kind === 'sticker'
  return (
    <article className={`bubble bubble-${side}${isBare ? ' bubble-bare' : ''}`} aria-label={author}>
      <BubbleContent content={content} />
      <footer className="bubble-foot">
        <span>{author}</span>
        <time dateTime={createdAt} title={format.dateTime(at)}>
          {format.minute(at)}
        </time>
      </footer>
    </article>
  )
}
