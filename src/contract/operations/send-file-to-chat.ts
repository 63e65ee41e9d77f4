import { commonRefusals, defineOperation } from '../operation.ts'
import { writingChats } from '../scopes.ts'
import { EmptyResponse } from '../shapes/envelope.ts'
import { Type } from '../type.ts'
import { businessId, chatId, closedNote, onceNote } from './parameters.ts'

export const sendFileToChat = defineOperation({
  name: 'sendFileToChat',
  verb: 'POST',
  path: '/v2/businesses/{businessId}/chats/file/send',
  tag: 'chats',
  summary: 'Send a file',
  description: `Sends one file of up to 5 MB to the customer. It becomes a message of its own.${closedNote}${onceNote}`,
  scopes: writingChats,
  perHour: 1000,
  params: Type.Object({ businessId }),
  query: Type.Object({ chatId }),
  filePart: 'file',
  response: EmptyResponse,
  refusals: [...commonRefusals, 404],
})
