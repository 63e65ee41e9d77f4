import { useQueryClient } from '@tanstack/react-query'
import type { Cabinet } from '#desk-protocol'
import { useAct } from '../../ui/feedback/use-act.ts'
import { callDesk } from './desk-api.ts'
import { useDesk } from './reads.ts'

// Freshness grows old without an event.
const pollMs = 10_000

export function useCabinets() {
  return useDesk('GET /cabinets', { topics: ['cabinets'], pollMs })
}

const none: readonly Cabinet[] = []

export function useCabinetList(): readonly Cabinet[] {
  return useCabinets().data?.cabinets ?? none
}

export function useCabinet(cabinetId: string): Cabinet | undefined {
  return useCabinetList().find(cabinet => String(cabinet.cabinetId) === cabinetId)
}

/** Pauses the work at a cabinet, or goes on with it. For owners. */
export function useCabinetState({ cabinetId }: Pick<Cabinet, 'cabinetId'>) {
  const client = useQueryClient()
  const put = useAct(
    (state: 'active' | 'paused') => callDesk('PATCH /cabinets/{cabinetId}', { params: { cabinetId }, body: { state } }),
    () => client.invalidateQueries({ queryKey: ['desk', 'GET /cabinets'] }),
  )
  return { set: (state: 'active' | 'paused') => void put.run(state), isBusy: put.isPending }
}
