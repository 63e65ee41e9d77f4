import { Button } from '@mantine/core'
import type { NotificationData } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import i18next from 'i18next'
import { explainError } from './explain-error.ts'
import './notes.css'

/** The corner in which it is said comes after the page. Without a network it may not come: then the strip tells what is wrong. */
function show(toast: NotificationData): void {
  import('./toasts.tsx').then(
    ({ notifications }) => notifications.show(toast),
    () => console.warn('there is no place to say it', toast.message),
  )
}

export function toastDone(message: string): void {
  show({ message, icon: <IconCheck size={16} />, color: 'done', autoClose: 3000, ...closing() })
}

/** What went wrong and what to do; stays until it is closed. */
export function toastError(error: unknown): void {
  const message = explainError(error)
  show({
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
  show({
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
