import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import i18next from 'i18next'
import { explainError } from './explain-error.ts'
import './notes.css'

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

/** What has happened, with an act that stays until it is wanted or closed. */
export function toastAct(message: string, act: string, run: () => void): void {
  notifications.show({
    id: message,
    message: (
      <span className="toast-act">
        {message} <Button onClick={run}>{act}</Button>
      </span>
    ),
    autoClose: false,
    ...closing(),
  })
}

const closing = () => ({ closeButtonProps: { 'aria-label': i18next.t('ui:close') } })
