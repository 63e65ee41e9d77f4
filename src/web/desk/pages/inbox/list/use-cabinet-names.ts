import { useSearch } from '@tanstack/react-router'
import type { ChatRow } from '#desk-protocol'
import { useCabinetList } from '../../../data/cabinets.ts'

/** Of which cabinet a chat is, where that is not said already: one is chosen, or there is only one. */
export function useCabinetNames(): (row: Pick<ChatRow, 'cabinetId'>) => string | undefined {
  const { cabinetId: chosen } = useSearch({ strict: false })
  const cabinets = useCabinetList()
  if (chosen !== undefined || cabinets.length < 2) return () => undefined
  const names = new Map(cabinets.map(({ cabinetId, name }) => [String(cabinetId), name]))
  return ({ cabinetId }) => names.get(String(cabinetId))
}
