import '@mantine/notifications/styles.layer.css'
import './toasts.css'
import { Notifications, notifications } from '@mantine/notifications'

export { notifications }

/** Where what has happened is said for a moment. */
export function Toasts() {
  return <Notifications className="toasts" position="bottom-right" limit={4} />
}
