import { Type } from 'typebox'
import { type BusinessId, type ChatId, defineOperation } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import type { Postbox } from '../../chats/postbox.ts'
import { noSuchChat, postToChat } from '../../own-apis/post-to-chat.ts'
import { ChatView, chatView } from '../../own-apis/views.ts'
import { findChat } from '../../store/chats.ts'
import { OfChat, usual } from '../access/parameters.ts'

const tag = 'chats'
const OneChat = Type.Object({ chat: ChatView })

type Needs = { sql: Sql; postbox: Postbox }
type Place = { businessId: BusinessId; chatId: ChatId }

async function act(needs: Needs, place: Place, event: 'dispute_finished' | 'closed') {
  await postToChat(needs, { ...place, event })
  const chat = await findChat(needs.sql, place.businessId, place.chatId)
  if (!chat) throw noSuchChat(place)
  return { chat: chatView(chat) }
}

export const finishDispute = defineEndpoint(
  defineOperation({
    name: 'finishDispute',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/dispute/finish',
    tag,
    summary: 'Finish the dispute',
    description: 'The arbiter has decided. The chat is finished with its dispute.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    response: OneChat,
    refusals: [...usual, 404, 409],
  }),
  (needs: Needs, { params }) => act(needs, params, 'dispute_finished'),
)

export const closeChat = defineEndpoint(
  defineOperation({
    name: 'closeChat',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/close',
    tag,
    summary: 'Close the chat',
    description: 'Nobody is waited for any more. A message of either side opens it again.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    response: OneChat,
    refusals: [...usual, 404, 409],
  }),
  (needs: Needs, { params }) => act(needs, params, 'closed'),
)
