import type { BusinessId, ChatId } from '#contract'
import type { Sql } from '#database'
import type { Content } from '../chats/content.ts'
import type { Post, Postbox } from '../chats/postbox.ts'
import type { FileUrl } from '../files/file-url.ts'
import type { CustomerId } from '../store/customers.ts'
import { postMessage } from './post-to-chat.ts'
import { messageView } from './views.ts'

export type Posting = { sql: Sql; postbox: Postbox; fileUrl: FileUrl }
export type Customer = { customerId: CustomerId; isByLab?: true }
type Words = { businessId: BusinessId; chatId: ChatId; content: Content; event?: Post['event'] }

/** Posts a message of the customer; only into a chat that is theirs. */
export async function postAsCustomer(needs: Posting, { event = 'customer_writes', ...words }: Words & Customer) {
  const message = await postMessage(needs, { ...words, event, sender: 'customer' })
  return { message: messageView(message, words, needs.fileUrl) }
}
