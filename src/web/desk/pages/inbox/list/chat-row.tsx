import { IconAlertTriangle, IconPaperclip, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import type { ChatRow as Row } from '#desk-protocol'
import type { RowState } from '../../../../parts/list/virtual-list.tsx'
import { RelativeTime } from '../../../../ui/clock/relative-time.tsx'
import { placeOf } from '../../../data/chats.ts'
import { waitsSince } from './wait.ts'
import { WaitClock } from './wait-clock.tsx'

type Props = { row: Row; cabinet?: string | undefined } & RowState

/** A chat on two lines, with a bar in the tone of whose move it is. `cabinet`: its name, where chats of several are in one list. */
export function ChatRow({ row, cabinet, isOpen, isTabbable, takesFocus, onFocus }: Props) {
  const { t } = useTranslation('inbox')
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true })
  }, [takesFocus])
  const move = moveOf(row)
  const since = waitsSince(row)
  return (
    <Link
      ref={link}
      to="/inbox/$cabinetId/$chatId"
      params={placeOf(row)}
      search={true}
      className="inbox-row"
      data-move={move}
      data-open={isOpen || undefined}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isTabbable ? 0 : -1}
      preload={false}
      onFocus={onFocus}
    >
      <span className="inbox-line">
        <span className="unseen">{t(`bar_${move}`)}</span>
        <span className="inbox-name cut">{row.customerName || t('nameless')}</span>
        <ContextChip row={row} />
        <span className="inbox-when">
          {since !== undefined ? (
            <WaitClock since={since} />
          ) : (
            row.lastAt !== undefined && <RelativeTime at={row.lastAt} />
          )}
        </span>
      </span>
      <span className="inbox-line">
        {cabinet !== undefined && <CabinetName name={cabinet} />}
        <Preview row={row} />
        <Marks row={row} />
      </span>
    </Link>
  )
}

function moveOf({ view, status }: Row) {
  return inside(status) === 'waiting_for_market' && view !== 'waiting' ? 'market' : view
}

export function ContextChip({ row: { context } }: { row: Pick<Row, 'context'> }) {
  const { t } = useTranslation('words')
  const id = String(context.returnId ?? context.orderId ?? '')
  return <span className="inbox-chip cut">{t(`context_${inside(context.type)}`, { id })}</span>
}

function CabinetName({ name }: { name: string }) {
  const { t } = useTranslation('inbox')
  return (
    <span className="inbox-cabinet cut" title={name}>
      <span className="unseen">{`${t('cabinet')}: `}</span>
      {name}
    </span>
  )
}

/** The product has at most its share of the line, so that words of the message are always seen. */
function Preview({ row: { product, lastSender, lastText, lastFiles } }: { row: Row }) {
  const { t } = useTranslation(['inbox', 'words'])
  const by = lastSender && inside(lastSender)
  const says = by === 'partner' ? t('inbox:you') : by && t(`words:sender_${by}`)
  return (
    <span className="inbox-preview">
      {product !== undefined && (
        <>
          <span className="inbox-product cut">{product}</span>
          {by !== undefined && <span className="inbox-dot">{' · '}</span>}
        </>
      )}
      <span className="inbox-words cut">
        {by !== undefined && by !== 'customer' && `${says}: `}
        {lastFiles > 0 && (
          <>
            <IconPaperclip size={13} stroke={1.5} role="img" aria-label={t('inbox:file')} />
            {lastFiles > 1 && <span className="num">{`${lastFiles} `}</span>}
          </>
        )}
        {lastText}
      </span>
    </span>
  )
}

function Marks({ row: { hasDraft, troubled, unread } }: { row: Row }) {
  const { t } = useTranslation('inbox')
  return (
    <span className="inbox-marks">
      {troubled && (
        <span className="inbox-trouble">
          <IconAlertTriangle size={13} aria-hidden /> {t('troubled')}
        </span>
      )}
      {hasDraft && <IconPencil size={14} stroke={1.5} role="img" aria-label={t('draft')} />}
      {unread > 0 && (
        <span className="inbox-unread num">
          <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
          <span className="unseen">{t('unread', { count: unread })}</span>
        </span>
      )}
    </span>
  )
}
