const signs: Record<string, string> = {
  Slash: '/',
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
  Backquote: '`',
  Escape: 'esc',
  Space: 'space',
}

type Pressed = Pick<KeyboardEvent, 'code' | 'key' | 'shiftKey'>

/** The stroke's name by its place on the keyboard, so that it is the same in any layout; undefined for a key that is not used for strokes. */
export function strokeOf({ code, key, shiftKey }: Pressed): string | undefined {
  if (key === '?' || (code === 'Slash' && shiftKey)) return '?'
  const name = /^(?:Key([A-Z])|Digit(\d))$/.exec(code)?.slice(1).find(Boolean)?.toLowerCase() ?? signs[code]
  return name && shiftKey ? `shift+${name}` : name
}

/** The same with `mod+` before it, where Ctrl or Cmd is held. */
export function wholeStrokeOf(event: Pressed & Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>): string | undefined {
  const stroke = strokeOf(event)
  return stroke && (event.ctrlKey || event.metaKey) ? `mod+${stroke}` : stroke
}
