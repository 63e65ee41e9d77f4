import { inside } from '#contract'
import type { Message } from '#desk-protocol'

type Seen = Message['messageId'] | undefined

/** The last message that the writer of an answer has seen: what the shop itself and the marketplace wrote after it counts as seen. */
export function seenOf(messages: readonly Message[], since: Seen): Seen {
  let seen = since
  for (const { messageId, sender } of messages) {
    if (seen !== undefined && messageId <= seen) continue
    if (isOthers(sender)) break
    seen = messageId
  }
  return seen
}

/** How many messages of others have come after what was seen. */
export function countUnseen(messages: readonly Message[], seen: Seen): number {
  return messages.filter(({ messageId, sender }) => (seen === undefined || messageId > seen) && isOthers(sender)).length
}

function isOthers(sender: Message['sender']): boolean {
  const by = inside(sender)
  return by === 'customer' || by === 'support'
}
