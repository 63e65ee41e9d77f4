import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import './notes.css'

type Props = { icon: Icon; title: string; hint: ReactNode; children?: ReactNode }

/** Where nothing is yet: what would be here, and the next step as a button. */
export function EmptyState({ icon: Icon, title, hint, children }: Props) {
  return (
    <div className="empty">
      <Icon size={32} stroke={1.25} aria-hidden />
      <h2>{title}</h2>
      <p>{hint}</p>
      {children && <div className="empty-acts">{children}</div>}
    </div>
  )
}
