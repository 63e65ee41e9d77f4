import i18next from 'i18next'
import { fileMaxBytes } from '#contract'
import { toastError } from '../../ui/feedback/toast.tsx'

/** Whether the marketplace takes such a file; if not, that is said. */
export function isSendable({ name, size }: File): boolean {
  const why = size > fileMaxBytes ? 'tooLarge' : size === 0 ? 'emptyFile' : undefined
  if (why) toastError(new Error(i18next.t(`writing:${why}`, { name })))
  return why === undefined
}
