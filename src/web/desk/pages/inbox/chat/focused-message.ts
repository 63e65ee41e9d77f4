/** The message that has the focus, or in which something is selected; the ids of messages begin their keys in the thread. */
export function focusedMessageId(): string | undefined {
  const selected = window.getSelection()
  const at = selected?.isCollapsed === false ? selected.anchorNode?.parentElement : document.activeElement
  return at?.closest<HTMLElement>('[data-message]')?.dataset['message']?.split('.')[0]
}

/** What is selected within one message; empty if nothing is. */
export function selectedWords(): string {
  const selected = window.getSelection()
  if (!selected || selected.isCollapsed) return ''
  const ofMessage = (node: Node | null) => node?.parentElement?.closest('[data-message] .bubble-text')
  const begin = ofMessage(selected.anchorNode)
  return begin && begin === ofMessage(selected.focusNode) ? selected.toString().trim() : ''
}
