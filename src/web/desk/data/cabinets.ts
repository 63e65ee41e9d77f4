import type { Cabinet } from '#desk-protocol'
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
