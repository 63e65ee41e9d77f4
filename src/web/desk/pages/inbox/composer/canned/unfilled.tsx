import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Slots } from './use-slots.ts'

/** What is still to be filled in, each a way to its place; whoever means the braces sends them as they are. */
export function Unfilled({ slots, onAsIs }: { slots: Slots; onAsIs: () => void }) {
  const { t } = useTranslation('writing')
  if (slots.slots.length === 0) return null
  return (
    <div className="composer-meanwhile" role="status">
      <span className="unfilled">
        {t('unfilled')}
        {slots.slots.map(slot => (
          <Button key={slot.from} size="compact-sm" variant="default" onClick={() => slots.goTo(slot)}>
            <span className="cut">{slot.name}</span>
          </Button>
        ))}
      </span>
      <Button size="compact-sm" variant="subtle" onClick={onAsIs}>
        {t('unfilledAsIs')}
      </Button>
    </div>
  )
}
