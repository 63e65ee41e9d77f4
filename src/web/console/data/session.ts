import { useQuery, useQueryClient } from '@tanstack/react-query'
import { callServer } from '../../parts/http/call.ts'

export type Session = { signedIn: boolean; version: string; hasLab: boolean }

const queryKey = ['session']

/** Who is signed in, and what this market is. */
export function useSession(isEnabled = true) {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => callServer<Session>('GET /console/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
  })
}

export function useSigning() {
  const client = useQueryClient()
  return {
    signIn: async (by: { ticket: string } | { adminToken: string }) => {
      await callServer('POST /console/session', { body: by })
      await client.invalidateQueries({ queryKey })
    },
    signOut: async () => {
      await callServer('DELETE /console/session')
      client.clear()
      window.location.assign('/console')
    },
  }
}
