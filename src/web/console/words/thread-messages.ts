import { useTranslation } from 'react-i18next'
import { type Inside, inside, type Sender } from '#contract'
import type { MessageContent, Side, ThreadMessage } from '../../parts/thread/thread-message.ts'
import type { AnswerOf } from '../data/market.ts'

/** A message as the admin and the buyer API show it. */
export type Message = AnswerOf<'GET /businesses/{businessId}/chats/{chatId}/messages'>['messages'][number]

/** Messages as a thread shows them to one of the sides, whose own messages are on the right. */
export function useThreadMessages(mine: Inside<Sender>): (messages: readonly Message[]) => ThreadMessage[] {
  const { t } = useTranslation('words')
  return messages =>
    messages.map(message => {
      const sender = inside(message.sender)
      return {
        key: String(message.messageId),
        side: sender === mine ? 'mine' : sideOf[sender],
        author: t(`sender_${sender}`),
        createdAt: message.createdAt,
        content: contentOf(message),
      }
    })
}

const sideOf: Record<Inside<Sender>, Side> = {
  partner: 'theirs',
  customer: 'theirs',
  market: 'market',
  support: 'support',
}

function contentOf({ kind, text = '', file, sticker }: Message): MessageContent {
  if (kind === 'sticker') return { kind, text, label: sticker ?? text }
  if (!file) return { kind: 'text', text }
  return { kind: 'file', file: { name: file.name, type: file.type, size: file.size, href: pathOf(file.url) } }
}

/** Where a file is on this very server, which the page may show; its address as given may name another host. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
