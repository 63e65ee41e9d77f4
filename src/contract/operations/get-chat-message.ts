import { commonRefusals, defineOperation } from '../operation.ts'
import { readingChats } from '../scopes.ts'
import { responseOf } from '../shapes/envelope.ts'
import { ChatMessage } from '../shapes/message.ts'
import { Type } from '../type.ts'
import { businessId, chatId, messageId } from './parameters.ts'

export const getChatMessage = defineOperation({
  name: 'getChatMessage',
  verb: 'GET',
  path: '/v2/businesses/{businessId}/chats/message',
  tag: 'chats',
  summary: 'Read one message',
  description: 'The message with this id.',
  scopes: readingChats,
  perHour: 1000,
  params: Type.Object({ businessId }),
  query: Type.Object({ chatId, messageId }),
  response: responseOf('GetChatMessageResponse', ChatMessage),
  refusals: [...commonRefusals, 404],
})
