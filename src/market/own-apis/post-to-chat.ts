import type { Sql } from '#database'
import { problems } from '#serving'
import type { Post, Postbox, PostOutcome } from '../chats/postbox.ts'
import type { ChatEvent } from '../chats/transitions.ts'
import type { ChatKey } from '../store/chat-key.ts'
import { type ChatRow, findChat } from '../store/chats.ts'
import type { MessageRow } from '../store/messages.ts'

type Needs = { sql: Sql; postbox: Postbox }
type Message = Required<Pick<Post, 'sender' | 'content'>>

/** Posts for the market's own APIs. Throws the problem that says why a post is refused. */
export async function postToChat({ sql, postbox }: Needs, post: Post): Promise<PostOutcome & { outcome: 'done' }> {
  const posted = await postbox.post(post)
  switch (posted.outcome) {
    case 'done':
      return posted
    case 'no_chat':
      throw noSuchChat(post)
    case 'no_customer':
      throw noCustomerAnswers()
    case 'closed':
    case 'refused': {
      const chat = await findChat(sql, post.businessId, post.chatId)
      throw problems.conflict(chat ? whyRefused(chat, post.event) : 'The chat is gone.')
    }
  }
}

/** Posts a message and returns it as it was written. */
export async function postMessage(needs: Needs, post: Omit<Post, keyof Message> & Message): Promise<MessageRow> {
  const { eventId, happenedAt } = await postToChat(needs, post)
  return { messageId: eventId, createdAt: happenedAt, sender: post.sender, ...post.content }
}

export function noSuchChat({ businessId, chatId }: ChatKey) {
  return problems.notFound(`There is no chat ${chatId} in business ${businessId}.`)
}

export function noCustomerAnswers() {
  return problems.conflict('This is a chat about a test order: no customer answers in a test chat.')
}

function whyRefused({ type, status, contextType }: ChatRow, event: ChatEvent): string {
  if (event === 'dispute_opened') {
    if (contextType === 'direct')
      return 'A direct chat has no disputes: open one in the chat about the order or the return.'
    return status === 'finished'
      ? 'The dispute in this chat is finished: write a message, then a new one can be opened.'
      : 'A dispute is open in this chat already: write a message in it.'
  }
  if (event === 'closed') return 'A dispute is open in this chat: finish the dispute, which finishes the chat too.'
  if (event === 'dispute_finished' && type === 'arbitrage') return 'The dispute in this chat is finished already.'
  if (event === 'dispute_finished') return 'There is no dispute in this chat to finish.'
  if (event === 'asks_arbiter') return 'There is no open dispute in this chat for an arbiter to decide.'
  return 'The chat does not allow this in its present state: read it again.'
}
