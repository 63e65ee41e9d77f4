import type { ReactNode } from 'react'
import { ErrorNote } from './error-note.tsx'
import { Late } from './late.tsx'
import { ProblemError } from './problem.ts'

type Query<Data> = { data: Data | undefined; error: unknown; refetch: () => unknown }

/** Shows the data, or that it is loading, or why it could not be read. Data that was read before stays on the screen. */
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

/** A server that does not answer at all is told once, in the strip at the bottom. */
function isOurs(error: unknown): boolean {
  return error !== null && !(error instanceof ProblemError && error.status === 0)
}
