import { useKeysInForce } from './bindings.ts'

const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** A stroke as it stands on the keys: `mod+k` is Ctrl + K, or ⌘ + K on a Mac. */
export function shown(stroke: string): string {
  return stroke
    .split('+')
    .map(part => (part === 'mod' ? modifier : part.slice(0, 1).toUpperCase() + part.slice(1)))
    .join(' + ')
}

/** The keys in force for what these do of themselves, as a text: `G W`. */
export function useShown(keys: string): string {
  return useKeysInForce(keys).split(' ').map(shown).join(' ')
}
