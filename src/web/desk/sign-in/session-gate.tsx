import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSessionEnd } from '../../parts/session/use-session-end.ts'
import { useTicket } from '../../parts/session/use-ticket.ts'
import { ProblemError } from '../../ui/feedback/problem.ts'
import { Read } from '../../ui/feedback/read.tsx'
import { useCabinets } from '../data/cabinets.ts'
import { useIsOwner, useSession, useSigning } from '../data/session.ts'

const SignIn = lazy(() => import('./sign-in.tsx').then(({ SignIn: Form }) => ({ default: Form })))

const OfflinePage = lazy(() =>
  import('../offline/offline-page.tsx').then(({ OfflinePage: Page }) => ({ default: Page })),
)

/** Whether nobody has answered, or only a proxy that stands before the desk. */
const isAway = (error: unknown) => error instanceof ProblemError && [0, 502, 504].includes(error.status)

/** Shows the desk to who is signed in, and the sign-in to others. A link's ticket signs in by itself. */
export function SessionGate() {
  const { signIn } = useSigning()
  const ticket = useTicket(signIn)
  // Asked before the ticket is taken, the answer would be of before.
  const session = useSession(ticket !== 'checking')
  useSessionEnd()
  if (ticket === 'checking') return null
  if (session.data === undefined && isAway(session.failureReason))
    return (
      <Suspense fallback={null}>
        <OfflinePage />
      </Suspense>
    )
  return (
    <Read query={session}>
      {({ signedIn }) =>
        signedIn ? (
          <CabinetGate />
        ) : (
          <Suspense fallback={null}>
            <SignIn isTicketRefused={ticket === 'refused'} />
          </Suspense>
        )
      }
    </Read>
  )
}

/** Without a cabinet there is nothing to see: an owner connects the first one. */
function CabinetGate() {
  const cabinets = useCabinets()
  const isOwner = useIsOwner()
  const { pathname } = useLocation()
  return (
    <Read query={cabinets}>
      {({ cabinets: known }) =>
        known.length === 0 && isOwner && !/^\/(?:connect|settings)/.test(pathname) ? (
          <Navigate to="/connect" replace />
        ) : (
          <Outlet />
        )
      }
    </Read>
  )
}
