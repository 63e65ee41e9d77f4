import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ProblemError } from '../../ui/feedback/problem.ts'

/** A refused call means that the session is over: who is signed in is asked again. */
export function useSessionEnd(): void {
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
