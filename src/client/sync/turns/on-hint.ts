import { readId } from '../../input.ts'
import { type Hint, isCreation } from '../mirror/hints.ts'
import { isOverAt, longestSecondMs, secondOf } from '../mirror/market-time.ts'
import { askForChat, type Mirror } from '../mirror/mirror.ts'

/**
 * Plans what to read after a notification. It waits until the second of the message is over: a later message of that second
 * would otherwise be missed, and one call for both is cheaper. Promptly, it is read now, and again when that second is over.
 */
export function onHint(mirror: Mirror, hint: Hint): void {
  const { market, roster, errands, clock, notes } = mirror
  if (hint.businessId !== undefined && readId(hint.businessId) !== market.businessId) return
  const seen = clock.now()
  const chatId = readId(hint.chatId)
  const messageId = hint.messageId === undefined ? undefined : readId(hint.messageId)
  const { at } = hint
  // Ids that cannot be right: a sweep will find what happened.
  if (chatId === undefined || (hint.messageId !== undefined && messageId === undefined)) return
  const delayMs = mirror.promptly() ? 0 : waitMs(mirror, at, seen)
  const isKnown = roster.find(chatId) !== undefined
  const isOfChat = messageId === undefined && !isCreation(hint)
  // The list shows every chat, except to a watch, which does not read its end.
  if (isOfChat && (isKnown || notes.since)) askForChat(mirror, chatId)
  else if (!isKnown) mirror.sweepSoon(delayMs)
  else if (messageId !== undefined) {
    const told = at && { at, seen }
    errands.add('hinted', chatId, { wanted: new Set([messageId]), told, dueAt: seen.getTime() + delayMs })
  }
}

function waitMs({ time }: Mirror, at: Date | undefined, seen: Date): number {
  if (!at) return longestSecondMs
  const leftMs = isOverAt(secondOf(at)) - Math.max(at.getTime(), time.atLeast(seen))
  return Math.min(Math.max(leftMs, 0), longestSecondMs)
}
