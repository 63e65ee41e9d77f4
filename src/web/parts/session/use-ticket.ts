import { useEffect, useRef, useState } from 'react'
import { takeTicket } from './take-ticket.ts'

type Ticket = 'none' | 'checking' | 'refused'

/** Signs in by the ticket of the address, if it has one. */
export function useTicket(signIn: (by: { ticket: string }) => Promise<unknown>): Ticket {
  const [ticket] = useState(takeTicket)
  const [state, setState] = useState<Ticket>(ticket === undefined ? 'none' : 'checking')
  const isTried = useRef(false)
  useEffect(() => {
    // It works once, and effects may run twice.
    if (ticket === undefined || isTried.current) return
    isTried.current = true
    signIn({ ticket }).then(
      () => setState('none'),
      () => setState('refused'),
    )
  }, [ticket, signIn])
  return state
}
