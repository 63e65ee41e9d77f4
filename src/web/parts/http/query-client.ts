import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../../ui/feedback/problem.ts'

const maxRetries = 3
const soonSeconds = 2

/** Refusals are final, unless the server says that the same passes soon; a server or a database that is away is asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => isPassing(error) && failures < maxRetries,
        retryDelay: failures => 500 * 2 ** failures,
      },
    },
  })
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { status, problem } = error
  return status === 0 || status >= 500 || (status === 429 && isSoon(problem['retryAfterSeconds']))
}

const isSoon = (seconds: unknown) => typeof seconds === 'number' && seconds <= soonSeconds
