import { IconFile, IconFileAlert } from '@tabler/icons-react'
import { useFormat } from '../../ui/format.ts'
import { LinkedText } from './linked-text.tsx'
import { type FileInThread, isPicture, type MessageContent } from './thread-message.ts'

export function BubbleContent({ content }: { content: MessageContent }) {
  switch (content.kind) {
    case 'text':
      return (
        <p className="bubble-text">
          <LinkedText text={content.text} />
        </p>
      )
    case 'file':
      return isPicture(content.file) ? <Picture file={content.file} /> : <FileLink file={content.file} />
    case 'pictures':
      return <Pictures {...content} />
    case 'missing':
      return <Missing {...content} />
    case 'sticker':
      return (
        <span className="bubble-sticker" role="img" aria-label={content.label}>
          {content.text}
        </span>
      )
  }
}

function Picture({ file: { href, name } }: { file: FileInThread }) {
  return (
    <a className="bubble-picture" href={href} target="_blank" rel="noreferrer">
      <img src={href} alt={name} loading="lazy" />
    </a>
  )
}

type PicturesProps = Extract<MessageContent, { kind: 'pictures' }>

/** Their boxes have their size before the pictures are there: nothing moves. */
function Pictures({ pictures, onOpen }: PicturesProps) {
  return (
    <div className="bubble-pictures" data-count={Math.min(pictures.length, 4)}>
      {pictures.map(picture => (
        <button key={picture.href} type="button" aria-label={picture.name} onClick={() => onOpen(picture)}>
          <img src={picture.href} alt="" loading="lazy" />
        </button>
      ))}
    </div>
  )
}

export function FileLink({ file: { href, name, size } }: { file: FileInThread }) {
  const format = useFormat()
  return (
    <a className="bubble-file" href={href} download={name}>
      <IconFile size={20} stroke={1.5} aria-hidden />
      <span className="cut">{name}</span>
      <span className="meta">{format.size(size)}</span>
    </a>
  )
}

function Missing({ name, says }: { name: string; says: string }) {
  return (
    <span className="bubble-file bubble-missing">
      <IconFileAlert size={20} stroke={1.5} aria-hidden />
      <span className="cut">{name}</span>
      <span className="meta">{says}</span>
    </span>
  )
}
