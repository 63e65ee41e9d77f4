import { useDebouncedValue } from '@mantine/hooks'
import { keysInForce } from '../../../ui/keys/bindings.ts'
import { useBoundKeys } from '../../../ui/keys/keys.ts'
import { type ChatPlace, placeOf } from '../../data/chats.ts'
import { useDesk } from '../../data/reads.ts'

export type PaletteItem = { key: string; says: string; keys?: string } & (
  | { kind: 'act'; run: () => void }
  | { kind: 'chat'; place: ChatPlace }
)

const typingMs = 150
const maxChats = 8

/** The commands, those of the open chat first, and what the search finds. */
export function useItems(wanted: string): PaletteItem[] {
  const typed = wanted.trim()
  const [rested] = useDebouncedValue(typed, typingMs)
  const found = useDesk(
    'GET /search',
    { topics: [], isEnabled: rested.length > 1, isKept: true },
    { query: { q: rested, limit: maxChats } },
  )
  const acts = useBoundKeys()
    .filter(({ keys, does }) => keys !== 'mod+k' && isLike(does, typed))
    .toSorted((one, other) => Number(other.isOfOpen ?? false) - Number(one.isOfOpen ?? false))
    .map(({ keys, does, run }) => ({ kind: 'act' as const, key: keys, says: does, keys: keysInForce(keys), run }))
  const chats = typed.length > 1 ? (found.data?.chats ?? []) : []
  return [
    ...acts,
    ...chats.slice(0, maxChats).map(row => ({
      kind: 'chat' as const,
      key: `${row.cabinetId}/${row.chatId}`,
      says: [row.customerName, row.context.orderId, row.lastText].filter(Boolean).join(' · '),
      place: placeOf(row),
    })),
  ]
}

/** Every word that is typed begins a word of the text. */
function isLike(text: string, typed: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every(part => words.some(word => word.startsWith(part)))
}
