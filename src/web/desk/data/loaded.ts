import type { Message } from '#desk-protocol'

/** Messages without a gap, oldest first; `hasMore` if there are older ones. */
export type Loaded = { messages: Message[]; hasMore: boolean }

/** What was read again replaces what was known of it: its files may have arrived. */
export function joinNewer({ messages, hasMore }: Loaded, fresh: readonly Message[]): Loaded {
  const first = fresh[0]
  if (!first) return { messages, hasMore }
  const before = messages.filter(({ messageId }) => messageId < first.messageId)
  return { messages: [...before, ...fresh], hasMore }
}

export function joinOlder({ messages }: Loaded, page: Loaded): Loaded {
  const oldest = messages[0]
  const older = page.messages.filter(({ messageId }) => !oldest || messageId < oldest.messageId)
  return { messages: [...older, ...messages], hasMore: page.hasMore && older.length > 0 }
}
