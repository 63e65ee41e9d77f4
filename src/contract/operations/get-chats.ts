import type { OrderId } from '../ids.ts'
import { chatsPageDefault, chatsPageMax } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { filterOf, idOf, oneOf } from '../schema.ts'
import { readingChats } from '../scopes.ts'
import { ChatContext, ChatInfo } from '../shapes/chat.ts'
import { responseOf } from '../shapes/envelope.ts'
import { ForwardPaging, pageLimit, pageToken } from '../shapes/paging.ts'
import { Type } from '../type.ts'
import { chatContextTypes, chatStatuses, chatTypes } from '../words.ts'
import { businessId, pageTokenAlias } from './parameters.ts'

export const getChats = defineOperation({
  name: 'getChats',
  verb: 'POST',
  path: '/v2/businesses/{businessId}/chats',
  tag: 'chats',
  summary: 'List chats',
  description: 'Chats of the business, the one with the newest message first. Filters join by AND, their values by OR.',
  scopes: readingChats,
  perHour: 5000,
  params: Type.Object({ businessId }),
  query: Type.Object({ pageToken, limit: pageLimit(chatsPageMax, chatsPageDefault) }),
  aliases: pageTokenAlias,
  body: Type.Object(
    {
      orderIds: Type.Optional(
        filterOf(idOf<OrderId>('An order.', {}), { description: 'Orders. Use contexts instead.', deprecated: true }),
      ),
      contexts: Type.Optional(filterOf(ChatContext, { description: 'Orders and returns.' })),
      contextTypes: Type.Optional(filterOf(oneOf(chatContextTypes), { description: 'Kinds of context.' })),
      types: Type.Optional(filterOf(oneOf(chatTypes), { description: 'Conversations, disputes, or both.' })),
      statuses: Type.Optional(filterOf(oneOf(chatStatuses), { description: 'Whose move it is.' })),
    },
    { title: 'GetChatsRequest' },
  ),
  response: responseOf(
    'GetChatsResponse',
    Type.Object({ chats: Type.Array(ChatInfo), paging: Type.Optional(ForwardPaging) }, { title: 'GetChatsInfoDTO' }),
  ),
  refusals: [...commonRefusals, 404],
})
