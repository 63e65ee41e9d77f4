import { IconMessageCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { useBusinessId } from '../../data/business.ts'
import { type BuyerChat, useBuyer, useBuyerChats } from './buyer.ts'

/** The buyer's chats with this business, the one with the newest message first. */
export function ChatList() {
  const { t } = useTranslation('phone')
  const { name, publicId } = useBuyer()
  const chats = useBuyerChats()
  return (
    <>
      <header className="phone-head">
        <span className="phone-title">
          <h2 className="cut">{name}</h2>
          <span className="meta cut">{publicId}</span>
        </span>
      </header>
      <div className="phone-body">
        <Read query={chats}>
          {list =>
            list.length === 0 ? (
              <EmptyState icon={IconMessageCircle} title={t('noChats')} hint={t('noChatsHint')} />
            ) : (
              <ul className="phone-chats">
                {list.map(chat => (
                  <ChatLine key={String(chat.chatId)} chat={chat} />
                ))}
              </ul>
            )
          }
        </Read>
      </div>
    </>
  )
}

function ChatLine({ chat }: { chat: BuyerChat }) {
  const businessId = useBusinessId()
  const { publicId } = useBuyer()
  return (
    <li>
      <Link
        to="/$businessId/phone/$chatId"
        params={{ businessId, chatId: String(chat.chatId) }}
        search={{ buyer: publicId }}
      >
        <ChatTitle chat={chat} />
        <span className="meta">
          <RelativeTime at={chat.updatedAt} />
        </span>
      </Link>
    </li>
  )
}

export function ChatTitle({ chat: { context, type, status } }: { chat: BuyerChat }) {
  const { t } = useTranslation(['phone', 'words'])
  const id = String(context.returnId ?? context.orderId ?? '')
  return (
    <span className="phone-title">
      <strong className="cut">{t(`words:context_${inside(context.type)}`, { id })}</strong>
      <span className="meta">
        {inside(type) === 'arbitrage' ? `${t('words:type_arbitrage')} · ` : ''}
        {t(`words:status_${inside(status)}`)}
      </span>
    </span>
  )
}
