import { IconFile } from '@tabler/icons-react'
import { useFormat } from '../../ui/format.ts'
import { type FileInThread, isPicture, type MessageContent } from './thread-message.ts'

export function BubbleContent({ content }: { content: MessageContent }) {
  if (content.kind === 'text') return <p className="bubble-text">{content.text}</p>
  if (content.kind === 'file')
    return isPicture(content.file) ? <Picture file={content.file} /> : <FileLink file={content.file} />
  return (
    <span className="bubble-sticker" role="img" aria-label={content.label}>
      {content.text}
    </span>
  )
}

function Picture({ file: { href, name } }: { file: FileInThread }) {
  return (
    <a className="bubble-picture" href={href} target="_blank" rel="noreferrer">
      <img src={href} alt={name} loading="lazy" />
    </a>
  )
}

function FileLink({ file: { href, name, size } }: { file: FileInThread }) {
  const format = useFormat()
  return (
    <a className="bubble-file" href={href} download={name}>
      <IconFile size={20} stroke={1.5} aria-hidden />
      <span className="cut">{name}</span>
      <span className="meta">{format.size(size)}</span>
    </a>
  )
}
