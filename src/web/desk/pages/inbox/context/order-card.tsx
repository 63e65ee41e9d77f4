import { useTranslation } from 'react-i18next'
import type { OrderCard as Card, OpenChat } from '#desk-protocol'
import { CodeValue } from '../../../../ui/form/copy.tsx'
import { useFormat } from '../../../../ui/format.ts'
import { useMoney } from './money.ts'
import { useOrderWords } from './order-status.ts'

/** What was ordered: or in one line why that is not known. */
export function OrderCard({ chat: { context, orderCard } }: { chat: OpenChat }) {
  const { t } = useTranslation('inbox')
  const { orderId } = context
  return (
    <section id="context-order" aria-label={t('order', { id: '' })}>
      <h3>{orderId === undefined ? t('facts') : t('order', { id: '' })}</h3>
      {orderId === undefined ? (
        <p className="muted">{t('orderNoId')}</p>
      ) : (
        <>
          <CodeValue text={String(orderId)} />
          {orderCard ? <Known card={orderCard} /> : <p className="muted">{t('orderNone')}</p>}
        </>
      )}
    </section>
  )
}

function Known({ card }: { card: Card }) {
  const { t } = useTranslation('inbox')
  const format = useFormat()
  const money = useMoney(card.currency)
  const { status, substatus } = useOrderWords(card)
  const { missingScope, createdAt, items, total, readAt } = card
  if (missingScope !== undefined) return <p className="muted">{t('orderMissing', { scope: missingScope })}</p>
  return (
    <>
      <p className="context-status">
        {status}
        {substatus !== undefined && <span className="meta">{substatus}</span>}
        {createdAt !== undefined && (
          <span className="meta">{t('orderMade', { date: format.date(new Date(createdAt)) })}</span>
        )}
      </p>
      <ul className="context-items">
        {items.map(({ name, count, price, offerId }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an offer may be there twice, and the items never change places
          <li key={`${offerId} ${index}`}>
            <span>{name}</span>
            <span className="num">
              {t('itemCount', { number: format.number(count) })}
              {price !== undefined && ` · ${money(price)}`}
            </span>
          </li>
        ))}
      </ul>
      {total !== undefined && (
        <p className="context-total">
          <span>{t('total')}</span>
          <b className="num">{money(total)}</b>
        </p>
      )}
      {readAt !== undefined && <p className="meta">{t('orderRead', { time: format.dateTime(new Date(readAt)) })}</p>}
    </>
  )
}
