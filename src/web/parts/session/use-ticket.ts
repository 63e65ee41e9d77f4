import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { takeTicket } from './take-ticket.ts'

type Ticket = 'none' | 'checking' | 'refused'

/** Signs in by the ticket of the address: the one that the page is opened with, and any that a link brings into the open page. */
export function useTicket(signIn: (by: { ticket: string }) => Promise<unknown>): Ticket {
  const [first] = useState(takeTicket)
  const [state, setState] = useState<Ticket>(first === undefined ? 'none' : 'checking')
  const isFirstTried = useRef(false)
  const use = useEffectEvent((ticket: string | undefined) => {
    if (ticket === undefined) return
    signIn({ ticket }).then(
      () => setState('none'),
      () => setState('refused'),
    )
  })
  useEffect(() => {
    const onLink = () => use(takeTicket())
    window.addEventListener('hashchange', onLink)
    return () => window.removeEventListener('hashchange', onLink)
  }, [])
  useEffect(() => {
    // It works once, and effects may run twice.
    if (!isFirstTried.current) use(first)
    isFirstTried.current = true
  }, [first])
  return state
}
