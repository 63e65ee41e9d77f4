import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import './page.css'

type Props = {
  title: string
  /** Beside the title: a count, a chip. */
  note?: ReactNode
  /** On the right of the title: what can be done here. */
  acts?: ReactNode
  /** Under the title: filters. */
  bar?: ReactNode
  /** The page does not scroll; what is in it does (a table). */
  isFixed?: boolean
  /** Details beside the page; over it on a narrow screen. */
  aside?: ReactNode
  children: ReactNode
}

/** A page with its title. The document is named after it. */
export function Page({ title, note, acts, bar, isFixed = false, aside, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Prilavok`
  }, [title])
  return (
    <div className="page">
      <div className="page-main">
        <header className="page-head">
          <h1>{title}</h1>
          {note && <span className="page-note">{note}</span>}
          {acts && <div className="page-acts">{acts}</div>}
        </header>
        {bar && <div className="page-bar">{bar}</div>}
        <div className={isFixed ? 'page-body page-fixed' : 'page-body'}>{children}</div>
      </div>
      {aside}
    </div>
  )
}

type SidePanelProps = { title: ReactNode; label: string; onClose: () => void; acts?: ReactNode; children: ReactNode }

/** Details of what is chosen on the page. Esc closes it. */
export function SidePanel({ title, label, onClose, acts, children }: SidePanelProps) {
  const { t } = useTranslation('ui')
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isInDialog(event.target)) onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside className="side" aria-label={label}>
      <header className="page-head">
        <h2>{title}</h2>
        <div className="page-acts">
          {acts}
          <ActionIcon aria-label={t('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      </header>
      <div className="side-body">{children}</div>
    </aside>
  )
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}
