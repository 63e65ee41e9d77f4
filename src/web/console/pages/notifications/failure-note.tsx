import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inside } from '#contract'
import { explainError } from '../../../ui/feedback/explain-error.ts'
import { ProblemError } from '../../../ui/feedback/problem.ts'
import { type Failure, useFailureWords } from './words.tsx'

/** Why a receiver did not take a notification, and what to do. */
export function FailureNote({ failure }: { failure: Failure }) {
  const { t } = useTranslation('notifications')
  const words = useFailureWords()
  return <Note title={words(failure)} text={t(`do_${inside(failure.reason)}`)} />
}

/** A refusal, shown in the form that it refers to. */
export function RefusalNote({ error }: { error: unknown }) {
  const { t } = useTranslation('ui')
  const failure = failureOf(error)
  return failure ? <FailureNote failure={failure} /> : <Note title={t('errorTitle')} text={explainError(error)} />
}

/** The failure of a PING, if the refusal has one. */
export function failureOf(error: unknown): Failure | undefined {
  const failure = error instanceof ProblemError ? error.problem['failure'] : undefined
  return isFailure(failure) ? failure : undefined
}

/** Our server sends a failure whole: its reason tells that it is one. */
function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'reason' in value && typeof value.reason === 'string'
}

function Note({ title, text }: { title: string; text: string }) {
  return (
    <div className="note note-error notifications-note" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div className="note-text">
        <strong>{title}</strong>
        <span>{text}</span>
      </div>
    </div>
  )
}
