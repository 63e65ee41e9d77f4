import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../parts/http/call.ts'
import './notes.css'

/** One or two sentences: what went wrong and what to do. */
export function explainError(error: unknown): string {
  const { status = 0, problem = {} } = error instanceof ProblemError ? error : { status: -1 }
  if (status === 0) return i18next.t('ui:errorNetwork')
  if (status === 401) return i18next.t('ui:errorSession')
  if (status === 503) return i18next.t('ui:errorAway')
  const fields = (problem.errors ?? []).map(({ at, problem }) => `${at}: ${problem}`)
  if (fields.length > 0) return fields.join('; ')
  if (problem.detail) return problem.detail
  return i18next.t('ui:errorUnknown', { status: status < 0 ? String(error) : String(status) })
}

/** In the place of what could not be read. */
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
