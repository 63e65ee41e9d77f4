import { textMaxLength } from '../limits.ts'
import { commonRefusals, defineOperation } from '../operation.ts'
import { writingChats } from '../scopes.ts'
import { EmptyResponse } from '../shapes/envelope.ts'
import { Type } from '../type.ts'
import { businessId, chatId, closedNote, onceNote } from './parameters.ts'

export const sendMessageToChat = defineOperation({
  name: 'sendMessageToChat',
  verb: 'POST',
  path: '/v2/businesses/{businessId}/chats/message',
  tag: 'chats',
  summary: 'Write a message',
  description: `Writes a message to the customer. The answer carries no message id: read the history to learn it.${closedNote}${onceNote}`,
  scopes: writingChats,
  perHour: 1000,
  params: Type.Object({ businessId }),
  query: Type.Object({ chatId }),
  body: Type.Object(
    {
      message: Type.String({
        minLength: 1,
        maxLength: textMaxLength,
        description: 'The text; white space at its ends is cut off before it is measured, in UTF-16 units.',
      }),
    },
    { title: 'SendMessageToChatRequest' },
  ),
  response: EmptyResponse,
  refusals: [...commonRefusals, 404],
})
