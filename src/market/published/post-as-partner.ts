import { type BusinessId, type ChatId, type OperationName, refusals } from '#contract'
import type { Content } from '../chats/content.ts'
import type { Postbox } from '../chats/postbox.ts'
import { requestKey } from '../chats/request-key.ts'

type Words = {
  operation: OperationName
  businessId: BusinessId
  chatId: ChatId
  content: Content
  /** The idempotency key of the request, if it has one. */
  key: string | undefined
  noteReplay(): void
}

/** Posts a shop's message; with a key, once. Throws the published refusals. */
export async function postAsPartner(
  { postbox }: { postbox: Postbox },
  { operation, businessId, chatId, content, key, noteReplay }: Words,
): Promise<{ status: 'OK' }> {
  const once = key === undefined ? undefined : requestKey(key, { operation, chatId, content })
  const posted = await postbox.post({ businessId, chatId, event: 'partner_writes', sender: 'partner', content, once })
  if (posted.outcome === 'closed') throw refusals.chatClosed(chatId)
  if (posted.outcome === 'key_reused') throw refusals.idempotencyKeyReused()
  if (posted.outcome === 'replayed') noteReplay()
  else if (posted.outcome !== 'done') throw refusals.chatNotFound(chatId)
  return { status: 'OK' }
}
