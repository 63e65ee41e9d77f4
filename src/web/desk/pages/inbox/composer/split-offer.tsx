import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { textMaxLength } from '#contract'
import { useFormat } from '../../../../ui/format.ts'
import { splitText } from './split-text.ts'

/** A text that is too long for one message can go as several. */
export function SplitOffer({ text, onSplit }: { text: string; onSplit: () => void }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  if (text.length <= textMaxLength) return null
  return (
    <div className="composer-meanwhile" role="status">
      <span className="num">{t('split', { over: format.number(text.length - textMaxLength) })}</span>
      <Button size="compact-sm" variant="default" onClick={onSplit}>
        {t('splitDo', { count: splitText(text, textMaxLength).length })}
      </Button>
    </div>
  )
}
