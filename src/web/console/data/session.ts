import { useQuery, useQueryClient } from '@tanstack/react-query'
import { callAdmin, callConsole } from './market.ts'
import { forgetShopKeys } from './shop-key.ts'

const queryKey = ['session']

/** Who is signed in, and what this market is. */
export function useSession(isEnabled = true) {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => callConsole('GET /session', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
  })
}

export function useSigning() {
  const client = useQueryClient()
  const leave = () => {
    client.clear()
    forgetShopKeys()
    window.location.assign('/console')
  }
  return {
    /** After the session was ended: to the sign-in. */
    leave,
    signIn: async (by: { ticket: string } | { adminToken: string }) => {
      await callConsole('POST /session', { body: by })
      await client.invalidateQueries({ queryKey })
    },
    signOut: async () => {
      await callConsole('DELETE /session')
      leave()
    },
    signOutEverywhere: async () => {
      await callAdmin('DELETE /tokens/{purpose}', { params: { purpose: 'console' } })
      leave()
    },
  }
}
