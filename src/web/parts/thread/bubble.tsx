import { IconFile } from '@tabler/icons-react'
import { useFormat } from '../../ui/format.ts'
import { isPicture, type Message, pathOf } from './message.ts'

type Props = { message: Message; side: 'mine' | 'theirs' | 'market' | 'support'; name: string }

/** One message. Texts are shown as they were typed, never as markup. */
export function Bubble({ message, side, name }: Props) {
  const format = useFormat()
  const at = new Date(message.createdAt)
  const isBare = message.kind === 'sticker'
  return (
    <article className={`bubble bubble-${side}${isBare ? ' bubble-bare' : ''}`} aria-label={name}>
      <Content message={message} />
      <footer className="bubble-foot">
        <span>{name}</span>
        <time dateTime={message.createdAt} title={format.dateTime(at)}>
          {format.minute(at)}
        </time>
      </footer>
    </article>
  )
}

function Content({ message: { kind, text, file, sticker } }: { message: Message }) {
  const format = useFormat()
  if (kind === 'sticker')
    return (
      <span className="bubble-sticker" role="img" aria-label={sticker ?? text}>
        {text}
      </span>
    )
  if (!file) return <p className="bubble-text">{text}</p>
  const path = pathOf(file.url)
  if (isPicture(file))
    return (
      <a className="bubble-picture" href={path} target="_blank" rel="noreferrer">
        <img src={path} alt={file.name} loading="lazy" />
      </a>
    )
  return (
    <a className="bubble-file" href={path} download={file.name}>
      <IconFile size={20} stroke={1.5} aria-hidden />
      <span className="cut">{file.name}</span>
      <span className="meta">{format.size(file.size)}</span>
    </a>
  )
}
