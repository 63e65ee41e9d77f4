import type { Preferences } from '#desk-protocol'

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'>

/** What a key in the field does: sends, sends and opens the next, or nothing of the kind. */
export function sendKeyOf(stroke: Stroke, sendBy: Preferences['sendBy']): 'send' | 'next' | undefined {
  const { key, ctrlKey, metaKey, shiftKey, isComposing } = stroke
  if (key !== 'Enter' || isComposing) return undefined
  const hasModifier = ctrlKey || metaKey
  if (hasModifier) return shiftKey ? 'next' : 'send'
  return sendBy === 'enter' && !shiftKey ? 'send' : undefined
}

export function sendKeysShown(sendBy: Preferences['sendBy']) {
  return { send: sendBy === 'enter' ? 'Enter' : 'Ctrl + Enter', next: 'Ctrl + Shift + Enter' }
}
