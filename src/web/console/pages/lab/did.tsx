import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../ui/clock/relative-time.tsx'
import { useBusinessId } from '../../data/business.ts'
import { useLab } from '../../data/lab.ts'
import type { LabAnswerOf } from '../../data/market.ts'
import { useNames } from './names.ts'

export type Played = LabAnswerOf<'POST /scenarios/{name}'> & { at: Date }
type Buyer = LabAnswerOf<'GET /buyers'>['buyers'][number]

/** The results of the scenarios, the newest first, with links to their chats. */
export function Did({ played }: { played: readonly Played[] }) {
  const { t } = useTranslation('lab')
  const businessId = useBusinessId()
  const { data } = useLab('GET /buyers', { businessId })
  return (
    <div className="did" role="log" aria-label={t('did')}>
      {played.length === 0 && <p className="muted">{t('didNothing')}</p>}
      {played.map(one => (
        <PlayedRow key={one.at.getTime()} played={one} buyers={data?.buyers ?? []} />
      ))}
    </div>
  )
}

function PlayedRow({ played, buyers }: { played: Played; buyers: readonly Buyer[] }) {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const { scenario, chatIds, did, at } = played
  const hasNotice = did.length > chatIds.length
  return (
    <div className="did-one">
      <p className="did-title">
        <strong>{nameOf('scenario', scenario)}</strong>
        <span className="meta">
          <RelativeTime at={at} />
        </span>
      </p>
      <ul>
        {chatIds.map((chatId, index) => (
          <DidRow
            key={String(chatId)}
            chatId={chatId}
            buyer={buyers.find(buyer => buyer.chatId === chatId)}
            otherwise={did[index] ?? ''}
            more={hasNotice ? t('didNotice') : ''}
          />
        ))}
      </ul>
    </div>
  )
}

type RowProps = { chatId: Buyer['chatId']; buyer: Buyer | undefined; otherwise: string; more: string }

function DidRow({ chatId, buyer, otherwise, more }: RowProps) {
  const { t } = useTranslation('lab')
  const nameOf = useNames()
  const businessId = useBusinessId()
  const params = { businessId, chatId: String(chatId) }
  const text = buyer
    ? t('didOpened', {
        name: buyer.customerName,
        persona: nameOf('persona', buyer.persona),
        intent: nameOf('intent', buyer.intent),
      })
    : otherwise
  return (
    <li>
      <span>{[text, more].filter(Boolean).join(', ')}</span>
      <Link to="/$businessId/chats/$chatId" params={params}>
        {t('openChat', { id: String(chatId) })}
      </Link>
      <Link to="/$businessId/phone/$chatId" params={params} search={{ buyer: buyer?.customerPublicId }}>
        {t('openPhone')}
      </Link>
    </li>
  )
}
