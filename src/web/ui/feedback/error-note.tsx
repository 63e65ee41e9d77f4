import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { explainError } from './explain-error.ts'
import './notes.css'

/** Shown in place of data that could not be read. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation('ui')
  return (
    <div className="note note-error" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div className="note-text">
        <strong>{t('errorTitle')}</strong>
        <span>{explainError(error)}</span>
      </div>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
