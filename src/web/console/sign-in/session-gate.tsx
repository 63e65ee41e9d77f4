import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ProblemError } from '../../ui/feedback/problem.ts'
import { Read } from '../../ui/feedback/read.tsx'
import { useSession, useSigning } from '../data/session.ts'
import { SignIn } from './sign-in.tsx'
import { takeTicket } from './ticket.ts'

type Ticket = 'none' | 'checking' | 'refused'

/** Shows the console to who is signed in, and the sign-in to others. A link's ticket signs in by itself. */
export function SessionGate() {
  const ticket = useTicket()
  // Asked before the ticket is taken, the answer would be of before.
  const session = useSession(ticket !== 'checking')
  useRefused()
  if (ticket === 'checking') return null
  return (
    <Read query={session}>
      {({ signedIn }) => (signedIn ? <Outlet /> : <SignIn isTicketRefused={ticket === 'refused'} />)}
    </Read>
  )
}

function useTicket(): Ticket {
  const { signIn } = useSigning()
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

/** A refused call means that the session is over. */
function useRefused(): void {
  const client = useQueryClient()
  useEffect(() => {
    const onError = (error: unknown) => {
      if (error instanceof ProblemError && error.status === 401)
        void client.invalidateQueries({ queryKey: ['session'], exact: true })
    }
    const stops = [
      client.getQueryCache().subscribe(event => {
        if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error)
      }),
      client.getMutationCache().subscribe(event => {
        if (event.type === 'updated' && event.action.type === 'error') onError(event.action.error)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}
