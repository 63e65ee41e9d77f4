import i18next from 'i18next'
import { ProblemError } from './problem.ts'

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
