import type { Sql } from '#database'
import type { Content } from '../chats/content.ts'
import type { Post, Postbox } from '../chats/postbox.ts'
import type { FileUrl } from '../files/file-url.ts'
import type { ChatKey } from '../store/chat-key.ts'
import type { CustomerId } from '../store/customers.ts'
import { postMessage } from './post-to-chat.ts'
import { messageView } from './views.ts'

export type Posting = { sql: Sql; postbox: Postbox; fileUrl: FileUrl }
/** `isByLab`: a test chat takes a customer's message only from the lab. */
export type Customer = { customerId: CustomerId; isByLab?: true }
type CustomerPost = ChatKey & Customer & { content: Content; event?: Post['event'] }

/** Posts a message of the customer. Refused unless the chat is theirs. */
export async function postAsCustomer(needs: Posting, { event = 'customer_writes', ...post }: CustomerPost) {
  const message = await postMessage(needs, { ...post, event, sender: 'customer' })
  return { message: messageView(message, post, needs.fileUrl) }
}
