import '@mantine/notifications/styles.layer.css'
import { Notifications, notifications } from '@mantine/notifications'

export { notifications }

/** Where what has happened is said for a moment. */
export function Toasts() {
  return <Notifications position="bottom-right" limit={4} />
}
