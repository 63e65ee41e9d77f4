import { IconSearch, IconSearchOff } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { FoundMessage } from '#desk-protocol'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { EmptyState } from '../../../ui/feedback/empty-state.tsx'
import { Read } from '../../../ui/feedback/read.tsx'
import { SearchField } from '../../../ui/form/search-field.tsx'
import { Page } from '../../../ui/frame/page.tsx'
import { keyOfChat, placeOf } from '../../data/chats.ts'
import { useDesk } from '../../data/reads.ts'
import { ChatRow } from '../inbox/list/chat-row.tsx'
import { useCabinetNames } from '../inbox/list/use-cabinet-names.ts'
import '../inbox/list/list.css'
import '../../texts/add-later.ts'
import './search.css'

const maxLength = 200
const plainRow = { isOpen: false, isTabbable: true, takesFocus: false, onFocus: () => {} }

/** Chats by their buyers and numbers, and messages by their words. What was found is in the address, so that it is there again on the way back. */
export function SearchPage() {
  const { t } = useTranslation(['desk', 'settings'])
  const { q = '' } = useSearch({ from: '/frame/search' })
  const navigate = useNavigate()
  const search = (text: string) => void navigate({ to: '/search', search: { q: text || undefined }, replace: true })
  return (
    <Page
      title={t('desk:search')}
      bar={
        <SearchField
          className="search-field"
          label={t('settings:searchField')}
          keyText={t('desk:search')}
          value={q}
          maxLength={maxLength}
          onSearch={search}
          isFocused
        />
      }
    >
      {q === '' ? (
        <EmptyState icon={IconSearch} title={t('settings:searchTitle')} hint={t('settings:searchHint')} />
      ) : (
        <Found q={q} />
      )}
    </Page>
  )
}

function Found({ q }: { q: string }) {
  const { t } = useTranslation('settings')
  const cabinetOf = useCabinetNames()
  const found = useDesk('GET /search', { topics: ['views'], isKept: true }, { query: { q, limit: 50 } })
  return (
    <Read query={found}>
      {({ chats, messages }) =>
        chats.length + messages.length === 0 ? (
          <EmptyState icon={IconSearchOff} title={t('searchNone', { q })} hint={t('searchNoneHint')} />
        ) : (
          <div className="search-found">
            {chats.length > 0 && <h2>{t('searchChats')}</h2>}
            {chats.map(row => (
              <ChatRow key={keyOfChat(row)} row={row} cabinet={cabinetOf(row)} {...plainRow} />
            ))}
            {messages.length > 0 && <h2>{t('searchMessages')}</h2>}
            {messages.map(message => (
              <FoundRow key={String(message.messageId)} found={message} />
            ))}
          </div>
        )
      }
    </Read>
  )
}

function FoundRow({ found: { row, sender, text, createdAt } }: { found: FoundMessage }) {
  const { t } = useTranslation(['words', 'inbox'])
  const by = inside(sender)
  return (
    <Link to="/inbox/$cabinetId/$chatId" params={placeOf(row)} className="inbox-row">
      <span className="inbox-line">
        <span className="inbox-name cut">{row.customerName || t('inbox:nameless')}</span>
        <span className="inbox-when">
          <RelativeTime at={createdAt} />
        </span>
      </span>
      <span className="inbox-found cut">
        {by !== 'customer' && `${by === 'partner' ? t('inbox:you') : t(`words:sender_${by}`)}: `}
        {text}
      </span>
    </Link>
  )
}
