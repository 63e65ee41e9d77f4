import { useQueryClient } from '@tanstack/react-query'
import type { Preferences } from '#desk-protocol'
import { useAct } from '../../ui/feedback/use-act.ts'
import { callDesk } from './desk-api.ts'
import { keyOf, useDesk } from './reads.ts'

const usual: Preferences = {
  undoSeconds: 5,
  sendBy: 'enter',
  sounds: true,
  notify: false,
  repeatUntilSeen: false,
  areKeysOff: false,
}

/** What the account has chosen; until it is read, what is chosen for everybody. */
export function usePreferences(): Preferences {
  return useDesk('GET /preferences', { topics: [] }).data ?? usual
}

export function usePutPreferences() {
  const client = useQueryClient()
  const before = usePreferences()
  const put = useAct(
    (body: Preferences) => callDesk('PUT /preferences', { body }),
    done => client.setQueryData(keyOf('GET /preferences'), done),
  )
  return { change: (part: Partial<Preferences>) => void put.run({ ...before, ...part }), isBusy: put.isPending }
}
