import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconBraces, IconDeviceMobile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { ChatStatusChip } from '../../../parts/words/chat-status.tsx'
import { CodeValue } from '../../../ui/form/copy.tsx'
import { LinkButton } from '../../../ui/form/link-button.tsx'
import { useBusinessId } from '../../data/business.ts'
import type { AdminChat } from './chat.ts'
import { ContextChip } from './chat-row.tsx'
import { StateActs } from './state-acts.tsx'

type Props = { chat: AdminChat; isJsonShown: boolean; onJson: () => void; onBack: () => void }

/** Who and what the chat is about, whose move it is, and what can be done to it. */
export function ChatHead({ chat, isJsonShown, onJson, onBack }: Props) {
  const { t } = useTranslation(['chats', 'words'])
  const json = t(isJsonShown ? 'chats:jsonHide' : 'chats:jsonShow')
  return (
    <header className="chats-head">
      <ActionIcon className="chats-back" aria-label={t('chats:back')} onClick={onBack}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div className="chats-title">
        <div className="chats-line">
          <h2 className="cut">{chat.customerName}</h2>
          <ContextChip chat={chat} />
        </div>
        <div className="chats-line meta">
          <ChatStatusChip status={chat.status} />
          {inside(chat.type) === 'arbitrage' && <span className="chats-dispute">{t('words:type_arbitrage')}</span>}
          {chat.isTest && <span className="chats-tag">{t('words:testOrder')}</span>}
          <CodeValue text={String(chat.chatId)} label={t('chats:copyId')} />
        </div>
      </div>
      <div className="page-acts">
        <StateActs chat={chat} />
        <PhoneLink chat={chat} />
        <Tooltip label={json}>
          <Button
            className="chats-act"
            variant="default"
            aria-label={json}
            aria-pressed={isJsonShown}
            data-on={isJsonShown || undefined}
            onClick={onJson}
          >
            <IconBraces size={16} stroke={1.5} aria-hidden />
            <span className="chats-act-text">{t('chats:json')}</span>
          </Button>
        </Tooltip>
      </div>
    </header>
  )
}

function PhoneLink({ chat: { chatId, customerPublicId } }: { chat: AdminChat }) {
  const { t } = useTranslation('chats')
  const businessId = useBusinessId()
  return (
    <Tooltip label={t('toPhone')}>
      <LinkButton
        className="chats-act"
        variant="default"
        aria-label={t('toPhone')}
        to="/$businessId/phone/$chatId"
        params={{ businessId, chatId: String(chatId) }}
        search={{ buyer: customerPublicId }}
      >
        <IconDeviceMobile size={16} stroke={1.5} aria-hidden />
        <span className="chats-act-text">{t('phone')}</span>
      </LinkButton>
    </Tooltip>
  )
}
