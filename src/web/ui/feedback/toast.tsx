import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import i18next from 'i18next'
import { explainError } from './explain-error.ts'

export function toastDone(message: string): void {
  notifications.show({ message, icon: <IconCheck size={16} />, color: 'done', autoClose: 3000, ...closing() })
}

/** What went wrong and what to do; stays until it is closed. */
export function toastError(error: unknown): void {
  const message = explainError(error)
  notifications.show({
    id: message,
    title: i18next.t('ui:errorTitle'),
    message,
    icon: <IconAlertTriangle size={16} />,
    color: 'overdue',
    autoClose: 12_000,
    role: 'alert',
    ...closing(),
  })
}

const closing = () => ({ closeButtonProps: { 'aria-label': i18next.t('ui:close') } })
