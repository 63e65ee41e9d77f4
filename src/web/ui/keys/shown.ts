const modifier = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

/** A stroke as it stands on the keys: `mod+k` is Ctrl + K, or ⌘ + K on a Mac. */
export function shown(stroke: string): string {
  return stroke
    .split('+')
    .map(part => (part === 'mod' ? modifier : part.toUpperCase()))
    .join(' + ')
}
