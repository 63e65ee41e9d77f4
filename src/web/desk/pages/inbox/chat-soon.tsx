import { lazy, useEffect } from 'react'

const loadChat = () => import('./chat/chat-pane.tsx')
const loadContext = () => import('./context/context-pane.tsx')

/** An open chat and what is known about it: the list is on the screen before they are fetched, and they are there before one is opened. */
export const ChatPane = lazy(() => loadChat().then(({ ChatPane: Pane }) => ({ default: Pane })))
export const ContextPane = lazy(() => loadContext().then(({ ContextPane: Pane }) => ({ default: Pane })))

/** Fetches them as soon as the list stands. */
export function useChatSoon(): void {
  useEffect(() => {
    for (const load of [loadChat, loadContext]) load().catch(() => {}) // tried again when a chat is opened
  }, [])
}
