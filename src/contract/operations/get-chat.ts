import { commonRefusals, defineOperation } from '../operation.ts'
import { readingChats } from '../scopes.ts'
import { ChatInfo } from '../shapes/chat.ts'
import { responseOf } from '../shapes/envelope.ts'
import { Type } from '../type.ts'
import { businessId, chatId } from './parameters.ts'

export const getChat = defineOperation({
  name: 'getChat',
  verb: 'GET',
  path: '/v2/businesses/{businessId}/chat',
  tag: 'chats',
  summary: 'Read one chat',
  description: 'The chat with this id.',
  scopes: readingChats,
  perHour: 1000,
  params: Type.Object({ businessId }),
  query: Type.Object({ chatId }),
  response: responseOf('GetChatResponse', ChatInfo),
  refusals: [...commonRefusals, 404],
})
