import type { ReactNode } from 'react'
import { ErrorNote } from './error-note.tsx'
import { Late } from './late.tsx'
import { ProblemError } from './problem.ts'

type Query<Data> = { data: Data | undefined; error: unknown; refetch: () => unknown }

/** What was read, or that it is being read, or why it could not be. What was read before stays on the screen. */
export function Read<Data>({ query, children }: { query: Query<Data>; children: (data: Data) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {isOurs(query.error) && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
  return <Late />
}

/** That nobody answers at all is told once, in the strip below. */
function isOurs(error: unknown): boolean {
  return error !== null && !(error instanceof ProblemError && error.status === 0)
}
