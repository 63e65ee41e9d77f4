import type { Message } from '../../types.ts'
import type { ChatMark } from '../mirror/chat-store.ts'
import { type Mirror, stoodBefore } from '../mirror/mirror.ts'

type Putting = { chatId: bigint; before: ChatMark | undefined; isSilent?: boolean }

/** Puts messages with a mark, and tells those that are new. Resolves to how many were new. */
export async function putMessages(
  mirror: Mirror,
  { chatId, before, isSilent }: Putting,
  messages: readonly Message[],
  mark: ChatMark,
): Promise<number> {
  const added = new Set(await mirror.store.putMessages(chatId, messages, mark))
  const count = added.size
  // The mark of a first reading that was interrupted does not say which messages were there before.
  const wasRead = !isSilent && before !== undefined && before.updatedAt.getTime() > 0
  mirror.roster.mark(mark)
  mirror.tally.messages += count
  for (const message of messages.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))) {
    const isNews = wasRead || !stoodBefore(mirror.notes, message.createdAt)
    if (!added.delete(message.messageId) || !isNews) continue
    await mirror.onChange({ kind: 'message', chatId, message })
  }
  return count
}
