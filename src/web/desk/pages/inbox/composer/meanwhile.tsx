import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = { newMessages: number; newAnswers: number; onShow: () => void; onAnyway: () => void }

/** Somebody wrote while the answer was being written: it waits for its writer to look. */
export function Meanwhile({ newMessages, newAnswers, onShow, onAnyway }: Props) {
  const { t } = useTranslation('writing')
  return (
    <div className="composer-meanwhile" role="status">
      <span>
        {newAnswers > 0 && t('answeredMeanwhile')}
        {newAnswers > 0 && newMessages > 0 && ' '}
        {newMessages > 0 && t('meanwhile', { count: newMessages })}
      </span>
      <Button size="compact-sm" variant="default" onClick={onShow}>
        {t('meanwhileShow')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onAnyway}>
        {t('meanwhileAnyway')}
      </Button>
    </div>
  )
}
