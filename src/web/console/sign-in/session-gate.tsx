import { Outlet } from '@tanstack/react-router'
import { useSessionEnd } from '../../parts/session/use-session-end.ts'
import { useTicket } from '../../parts/session/use-ticket.ts'
import { Read } from '../../ui/feedback/read.tsx'
import { useSession, useSigning } from '../data/session.ts'
import { SignIn } from './sign-in.tsx'

/** Shows the console to who is signed in, and the sign-in to others. A link's ticket signs in by itself. */
export function SessionGate() {
  const { signIn } = useSigning()
  const ticket = useTicket(signIn)
  // Asked before the ticket is taken, the answer would be of before.
  const session = useSession(ticket !== 'checking')
  useSessionEnd()
  if (ticket === 'checking') return null
  return (
    <Read query={session}>
      {({ signedIn }) => (signedIn ? <Outlet /> : <SignIn isTicketRefused={ticket === 'refused'} />)}
    </Read>
  )
}
