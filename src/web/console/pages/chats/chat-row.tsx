import { IconPaperclip } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { RowState } from '../../../parts/list/virtual-list.tsx'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import type { AdminChat } from './chat.ts'

type Props = { chat: AdminChat } & RowState

/** A chat on two lines, with a bar in the tone of whose move it is. */
export function ChatRow({ chat, isOpen, isTabbable, takesFocus, onFocus }: Props) {
  const { t } = useTranslation('words')
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true })
  }, [takesFocus])
  const status = inside(chat.status)
  return (
    <Link
      ref={link}
      from="/$businessId/chats"
      to="/$businessId/chats/$chatId"
      params={{ chatId: String(chat.chatId) }}
      search={true}
      className="chats-row"
      data-waits={status}
      data-open={isOpen || undefined}
      tabIndex={isTabbable ? 0 : -1}
      preload={false}
      onFocus={onFocus}
    >
      <span className="chats-line">
        <span className="chats-name cut">{chat.customerName}</span>
        <ContextChip chat={chat} />
        {chat.isTest && <span className="chats-tag">{t('testOrder')}</span>}
        <span className="chats-time">
          <RelativeTime at={chat.updatedAt} />
        </span>
      </span>
      <span className="chats-line">
        <Preview chat={chat} />
        <span className="chats-move">{t(`status_${status}`)}</span>
      </span>
    </Link>
  )
}

export function ContextChip({ chat: { context } }: { chat: AdminChat }) {
  const { t } = useTranslation('words')
  const id = String(context.returnId ?? context.orderId ?? '')
  return <span className="chats-tag cut">{t(`context_${inside(context.type)}`, { id })}</span>
}

function Preview({ chat: { lastMessage } }: { chat: AdminChat }) {
  const { t } = useTranslation(['words', 'chats'])
  if (!lastMessage) return <span className="chats-preview cut">{t('chats:noMessages')}</span>
  const { sender, kind, text } = lastMessage
  const by = inside(sender)
  return (
    <span className="chats-preview cut">
      {by !== 'customer' && `${t(`words:sender_${by}`)}: `}
      {kind === 'file' && <IconPaperclip size={13} stroke={1.5} aria-hidden />}
      {text}
    </span>
  )
}
