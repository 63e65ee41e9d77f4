import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from '../../ui/feedback/problem.ts'

const maxRetries = 3

/** Refusals are final; a server or a database that is away is asked again. */
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
  return error instanceof ProblemError && (error.status === 0 || error.status >= 500)
}
