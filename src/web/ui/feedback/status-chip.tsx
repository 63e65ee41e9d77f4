import type { Icon } from '@tabler/icons-react'
import './status-chip.css'

export type Tone = 'plain' | 'ours' | 'near' | 'overdue' | 'dispute' | 'done'

/** A state in words with its tone and sign: never by colour alone. */
export function StatusChip({ tone = 'plain', icon: Icon, text }: { tone?: Tone; icon?: Icon; text: string }) {
  return (
    <span className={`chip chip-${tone}`}>
      {Icon && <Icon size={13} stroke={2} aria-hidden />}
      <span className="cut">{text}</span>
    </span>
  )
}
