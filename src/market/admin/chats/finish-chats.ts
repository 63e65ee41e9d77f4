import { Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import type { Postbox } from '../../chats/postbox.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { noSuchChat, postToChat } from '../../own-apis/post-to-chat.ts'
import { ChatView, chatView } from '../../own-apis/views.ts'
import type { ChatKey } from '../../store/chat-key.ts'
import { findChat } from '../../store/chats.ts'
import { OfChat, usual } from '../access/parameters.ts'

const post = {
  verb: 'POST',
  tag: 'chats',
  params: OfChat,
  response: Type.Object({ chat: ChatView }),
  refusals: [...usual, 404, 409],
} as const

type Needs = { sql: Sql; postbox: Postbox }

async function finish(needs: Needs, key: ChatKey, event: 'dispute_finished' | 'closed') {
  await postToChat(needs, { ...key, event })
  const chat = await findChat(needs.sql, key.businessId, key.chatId)
  if (!chat) throw noSuchChat(key)
  return { chat: chatView(chat) }
}

export const finishDispute = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'finishDispute',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/dispute/finish',
    summary: 'Finish the dispute',
    description: 'The arbiter has decided. The chat is finished with its dispute.',
  }),
  (needs: Needs, { params }) => finish(needs, params, 'dispute_finished'),
)

export const closeChat = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'closeChat',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/close',
    summary: 'Close the chat',
    description:
      'Nobody is waited for any more. A message of the customer opens it again; one of the shop does where the business has set finishedChats so.',
  }),
  (needs: Needs, { params }) => finish(needs, params, 'closed'),
)
