import { useFormat } from '../../ui/format.ts'
import { BubbleContent } from './bubble-content.tsx'
import type { ThreadMessage } from './thread-message.ts'

type Props = { message: ThreadMessage; isFootless?: boolean }

/** One message. Texts are shown as they were typed, never as markup. */
export function Bubble({ message, isFootless = false }: Props) {
  const { key, content, side, author, foot, acts } = message
  const isBare = content.kind === 'sticker'
  return (
    <article className={`bubble bubble-${side}${isBare ? ' bubble-bare' : ''}`} aria-label={author} data-message={key}>
      <BubbleContent content={content} />
      {foot ?? (!isFootless && <Foot message={message} />)}
      {acts !== undefined && <div className="bubble-acts">{acts}</div>}
    </article>
  )
}

function Foot({ message: { author, createdAt } }: { message: ThreadMessage }) {
  const format = useFormat()
  const at = new Date(createdAt)
  return (
    <footer className="bubble-foot">
      <span>{author}</span>
      <time dateTime={createdAt} title={format.dateTime(at)}>
        {format.minute(at)}
      </time>
    </footer>
  )
}
