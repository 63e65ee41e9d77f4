import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { Answer, Message } from '#desk-protocol'
import type { FileInThread, MessageContent, Side, ThreadMessage } from '../../../../parts/thread/thread-message.ts'
import { asFile } from './files.ts'

const sides: Record<ReturnType<typeof inside<Message['sender']>>, Side> = {
  partner: 'mine',
  customer: 'theirs',
  market: 'market',
  support: 'support',
}

type Parts = {
  onOpen: (picture: FileInThread) => void
  footOf: (answer: Answer) => ReactNode
  /** What can be done with a text. */
  actsOf: (text: string) => ReactNode
}
type ToThread = (messages: readonly Message[], answers: readonly Answer[], buyer: string | undefined) => ThreadMessage[]

/** What was written, and below it our answers that are on their way. */
export function useThreadMessages({ onOpen, footOf, actsOf }: Parts): ToThread {
  const { t } = useTranslation(['words', 'inbox', 'writing'])
  const says = ({ state, why = '' }: NonNullable<Message['files']>[number]) => {
    if (state !== 'failed') return t('inbox:fileWaiting')
    return t('inbox:fileFailed', { why: why === 'otherHost' ? t('inbox:fileElsewhere') : why })
  }
  return (messages, answers, buyer) => {
    const written = messages.flatMap(message => {
      const by = inside(message.sender)
      const author = by === 'customer' && buyer ? buyer : by === 'partner' ? t('inbox:you') : t(`words:sender_${by}`)
      return contentsOf(message, onOpen, says).map((content, index) => ({
        key: `${message.messageId}.${index}`,
        side: sides[by],
        author,
        createdAt: message.createdAt,
        content,
        ...(content.kind === 'text' && by !== 'market' && { acts: actsOf(content.text) }),
      }))
    })
    const known = new Set(messages.map(({ messageId }) => messageId))
    const under = answers
      .filter(({ state, messageId }) => state !== 'cancelled' && (messageId === undefined || !known.has(messageId)))
      .map(answer => ({
        key: `answer ${answer.answerId}`,
        side: 'mine' as const,
        author: t('writing:youBy', { name: answer.by }),
        createdAt: answer.createdAt,
        content: { kind: 'text' as const, text: answer.text ?? answer.file?.name ?? '' },
        foot: footOf(answer),
      }))
    return [...written, ...under]
  }
}

type Says = (file: NonNullable<Message['files']>[number]) => string

/** A message's text, its pictures together, and each of its other files. */
function contentsOf({ text, files = [] }: Message, onOpen: (p: FileInThread) => void, says: Says): MessageContent[] {
  const kept = files.map(file => ({ file, shown: asFile(file) }))
  const pictures = kept.flatMap(({ file, shown }) => (file.isPicture && shown ? [shown] : []))
  const others = kept
    .filter(({ file, shown }) => !(file.isPicture && shown))
    .map(
      ({ file, shown }): MessageContent =>
        shown ? { kind: 'file', file: shown } : { kind: 'missing', name: file.name, says: says(file) },
    )
  const parts: MessageContent[] = [
    ...(text ? [{ kind: 'text' as const, text }] : []),
    ...(pictures.length > 0 ? [{ kind: 'pictures' as const, pictures, onOpen }] : []),
    ...others,
  ]
  return parts.length > 0 ? parts : [{ kind: 'text', text: '' }]
}
