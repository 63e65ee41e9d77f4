import type { ChatId, OrderId } from '../ids.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { idOf } from '../schema.ts'
import { writingChats } from '../scopes.ts'
import { ChatContext } from '../shapes/chat.ts'
import { responseOf } from '../shapes/envelope.ts'
import { Type } from '../type.ts'
import { businessId } from './parameters.ts'

export const createChat = defineOperation({
  name: 'createChat',
  verb: 'POST',
  path: '/v2/businesses/{businessId}/chats/new',
  tag: 'chats',
  summary: 'Open a chat',
  description: 'Opens a chat about an order or a return, or finds the one there is. There is one chat for a context.',
  scopes: writingChats,
  perHour: 1000,
  params: Type.Object({ businessId }),
  body: Type.Object(
    {
      orderId: Type.Optional(idOf<OrderId>('The order. Use context instead.', { deprecated: true })),
      context: Type.Optional(ChatContext),
    },
    { title: 'CreateChatRequest' },
  ),
  response: responseOf(
    'CreateChatResponse',
    Type.Object({ chatId: idOf<ChatId>('The id of the chat.') }, { title: 'CreateChatResultDTO' }),
  ),
  refusals: [...commonRefusals, 404],
})
