import type { CampaignId, ChatId, OrderId, ReturnId } from '../ids.ts'
import { dateTime, idOf, oneOf } from '../schema.ts'
import { type Static, Type } from '../type.ts'
import { chatContextTypes, chatStatuses, chatTypes, openableContextTypes } from '../words.ts'

/** What a chat may be opened about: an order or a return, by its id. */
export const ChatContext = Type.Object(
  {
    type: oneOf(openableContextTypes, { description: 'What the chat is about.' }),
    id: idOf<OrderId | ReturnId>('The id of the order or of the return.'),
  },
  { title: 'ChatContextDTO', description: 'The order or return a chat is about.' },
)

const ChatCustomer = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, description: 'The name the customer shows to others.' })),
    publicId: Type.Optional(Type.String({ minLength: 1, description: "The customer's public id." })),
  },
  { title: 'ChatCustomerDTO', description: 'The customer in the chat.' },
)

export const ChatFullContext = Type.Object(
  {
    type: oneOf(chatContextTypes, { description: 'What the chat is about; DIRECT is begun by the customer.' }),
    customer: Type.Optional(ChatCustomer),
    campaignId: Type.Optional(idOf<CampaignId>('The campaign. Present for orders and returns.')),
    orderId: Type.Optional(idOf<OrderId>('Present for orders and returns.')),
    returnId: Type.Optional(idOf<ReturnId>('Present for returns.')),
  },
  { title: 'ChatFullContextDTO', description: 'What the chat is about, and with whom.' },
)

export const ChatInfo = Type.Object(
  {
    chatId: idOf<ChatId>('The id of the chat.'),
    orderId: Type.Optional(idOf<OrderId>('The order. Read context.orderId instead.', { minimum: 1, deprecated: true })),
    context: ChatFullContext,
    type: oneOf(chatTypes, { description: 'A conversation, or a dispute.' }),
    status: oneOf(chatStatuses, { description: 'Whose move it is.' }),
    createdAt: dateTime('When the chat was created, with the offset from UTC.'),
    updatedAt: dateTime('When the last message was written, with the offset from UTC.'),
  },
  { title: 'GetChatInfoDTO', description: 'A chat.' },
)
export type ChatInfo = Static<typeof ChatInfo>
