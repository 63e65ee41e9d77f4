import { ActionIcon } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconExternalLink, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OpenChat } from '#desk-protocol'
import { FileLink } from '../../../../parts/thread/bubble-content.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { useCabinet } from '../../../data/cabinets.ts'
import { useChat, useMessages } from '../../../data/chat.ts'
import type { ChatPlace } from '../../../data/chats.ts'
import { filesIn } from '../chat/files.ts'
import { marketAddress } from './market-address.ts'
import { OrderCard } from './order-card.tsx'
import './context.css'

type Props = { place: ChatPlace; isFloating: boolean; onClose: () => void }

/** What is known beside the words: the order, all files, and where the chat is at the marketplace. */
export function ContextPane({ place, isFloating, onClose }: Props) {
  const { t } = useTranslation(['inbox', 'ui'])
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false })
  const { data: chat } = useChat(place)
  return (
    <aside className="inbox-context" aria-label={t('inbox:context')} data-floating={isFloating || undefined}>
      <header className="page-head">
        {isPhone && (
          <ActionIcon size={36} aria-label={t('inbox:back')} onClick={onClose}>
            <IconArrowLeft size={20} stroke={1.5} />
          </ActionIcon>
        )}
        {isPhone ? <h1>{t('inbox:context')}</h1> : <h2>{t('inbox:context')}</h2>}
        {!isPhone && (
          <span className="page-acts">
            <ActionIcon aria-label={t('ui:close')} onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </span>
        )}
      </header>
      {chat && (
        <div className="context-body">
          <OrderCard chat={chat} />
          <Files place={place} />
          <Facts place={place} chat={chat} />
        </div>
      )}
    </aside>
  )
}

function Files({ place }: { place: ChatPlace }) {
  const { t } = useTranslation('inbox')
  const { data } = useMessages(place)
  const files = filesIn(data?.messages ?? [])
  return (
    <section id="context-files" aria-label={t('files')}>
      <h3>{t('files')}</h3>
      {files.length === 0 && <p className="muted">{t('noFiles')}</p>}
      {files.map(file => (
        <FileLink key={file.href} file={file} />
      ))}
    </section>
  )
}

function Facts({ place, chat }: { place: ChatPlace; chat: OpenChat }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const cabinet = useCabinet(place.cabinetId)
  const shop = cabinet?.campaigns.find(({ campaignId }) => campaignId === chat.context.campaignId)
  const facts: [string, string | undefined][] = [
    [t('cabinet'), cabinet?.name],
    [t('shop'), shop?.name],
    [t('chatNumber'), place.chatId],
    [t('returnNumber'), chat.context.returnId === undefined ? undefined : String(chat.context.returnId)],
    [t('opened'), format.dateTime(new Date(chat.createdAt))],
  ]
  const link = cabinet && marketAddress(cabinet, place.chatId)
  return (
    <section aria-label={t('facts')}>
      <h3>{t('facts')}</h3>
      <dl>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {link && (
        <a className="context-link" href={link} target="_blank" rel="noopener noreferrer">
          {t(cabinet.isYandex ? 'openInMarket' : 'openInConsole')}
          <IconExternalLink size={14} stroke={1.5} aria-hidden />
        </a>
      )}
    </section>
  )
}
