import { useQuery, useQueryClient } from '@tanstack/react-query'
import { forgetOffline } from '../browser/keep-offline.ts'
import { callDesk } from './desk-api.ts'

const queryKey = ['session']

/** Who is signed in. */
export function useSession(isEnabled = true) {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => callDesk('GET /session', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    // Without a network it fails at once, instead of waiting for one.
    networkMode: 'always',
    enabled: isEnabled,
  })
}

export function useAccount() {
  return useSession().data?.account
}

export function useIsOwner(): boolean {
  return useAccount()?.role === 'owner'
}

type Credentials = { ticket: string } | { email: string; password: string }

export function useSigning() {
  const client = useQueryClient()
  return {
    signIn: async (by: Credentials) => {
      await callDesk('POST /session', { body: by })
      await client.invalidateQueries({ queryKey })
    },
    signOut: async () => {
      await callDesk('DELETE /session')
      client.clear()
      await forgetOffline()
      window.location.assign('/desk')
    },
    refreshSession: () => client.invalidateQueries({ queryKey }),
  }
}
