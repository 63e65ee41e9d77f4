import {
  chatContextTypes,
  chatStatuses,
  chatTypes,
  dateTime,
  idOf,
  int32,
  oneOf,
  type Static,
  senders,
  Type,
} from '#contract'
import { answerStates, reasons } from '../../outbox/index.ts'
import { cabinetId, chatId, uuid } from './ids.ts'

/** Whose move it is; `all` is every chat. */
export const views = ['waiting', 'disputes', 'buyer', 'finished', 'all'] as const
export const sorts = ['waiting', 'newest', 'oldest'] as const
const contextType = oneOf(chatContextTypes, { description: 'What the chat is about.' })
const campaignId = idOf<bigint>('The campaign.')
export const messageId = idOf<bigint>('The message.')
const count = (description: string) => int32({ description })

export const Filters = {
  cabinetId: Type.Optional(cabinetId),
  campaignId: Type.Optional(campaignId),
  contextType: Type.Optional(contextType),
}

export const ViewCounts = Type.Object(
  { waiting: int32(), disputes: int32(), buyer: int32(), finished: int32(), all: int32() },
  { title: 'ViewCounts' },
)

const rowFields = {
  cabinetId,
  chatId,
  customerName: Type.Optional(Type.String()),
  context: Type.Object({
    type: contextType,
    orderId: Type.Optional(idOf<bigint>('The order.')),
    returnId: Type.Optional(idOf<bigint>('The return.')),
    campaignId: Type.Optional(campaignId),
  }),
  type: oneOf(chatTypes),
  status: oneOf(chatStatuses),
  view: oneOf(['waiting', 'disputes', 'buyer', 'finished'] as const),
  lastAt: Type.Optional(dateTime('When the last message was written.')),
  lastSender: Type.Optional(oneOf(senders)),
  lastText: Type.Optional(Type.String()),
  lastFiles: count('How many files the last message has.'),
  unread: count("Messages that are not the shop's and that nobody here has read."),
  waitingSince: Type.Optional(dateTime('Since when the buyer waits for an answer.')),
  product: Type.Optional(Type.String({ description: "The order's first item." })),
  hasDraft: Type.Boolean({ description: 'Whether the account has a draft here.' }),
  openAnswers: count('Answers that the market has not confirmed.'),
  troubled: Type.Boolean({ description: 'Whether an answer was refused, or nobody can tell whether it was written.' }),
}
export const ChatRow = Type.Object(rowFields, { title: 'ChatRow' })
export type ChatRow = Static<typeof ChatRow>

export const answerNumber = idOf<bigint>(
  'Its place among the answers of a chat: later ones have higher numbers. 0: none.',
  {
    minimum: 0,
  },
)

export const Answer = Type.Object(
  {
    number: answerNumber,
    answerId: uuid('Chosen by whoever writes.'),
    text: Type.Optional(Type.String()),
    file: Type.Optional(Type.Object({ name: Type.String(), sizeBytes: int32() })),
    state: oneOf(answerStates),
    createdAt: dateTime('When it was written.'),
    leavesAt: dateTime('Until when it can be taken back.'),
    why: Type.Optional(
      Type.String({ description: 'Why it was refused, or is not known to have arrived; in English.' }),
    ),
    reason: Type.Optional(oneOf(reasons, { description: 'Why it was refused, or waits for the market.' })),
    nextAt: Type.Optional(dateTime('When it is tried again, if it waits for the market.')),
    messageId: Type.Optional(messageId),
    by: Type.String({ description: 'The name of the account.' }),
  },
  { title: 'Answer' },
)
export type Answer = Static<typeof Answer>

export const OrderCard = Type.Object(
  {
    orderId: idOf<bigint>('The order.'),
    missingScope: Type.Optional(
      Type.String({ description: 'The scope that the key lacks; then nothing else is here.' }),
    ),
    status: Type.Optional(Type.String()),
    substatus: Type.Optional(Type.String()),
    createdAt: Type.Optional(dateTime('When it was made.')),
    updatedAt: Type.Optional(dateTime('When it was changed.')),
    items: Type.Array(
      Type.Object({
        name: Type.String(),
        count: int32(),
        price: Type.Optional(Type.Number({ description: 'Of all pieces.' })),
        offerId: Type.Optional(Type.String()),
      }),
    ),
    total: Type.Optional(Type.Number({ description: 'What is paid for the order, in its currency.' })),
    currency: Type.Optional(Type.String()),
    readAt: Type.Optional(dateTime('When the market said so.')),
  },
  { title: 'OrderCard' },
)
export type OrderCard = Static<typeof OrderCard>

export const OpenChat = Type.Object(
  {
    ...rowFields,
    createdAt: dateTime('When the chat was opened.'),
    readToMessageId: idOf<bigint>('The last message that somebody here has read; 0: none.', { minimum: 0 }),
    lastMessageId: Type.Optional(messageId),
    newestAnswer: answerNumber,
    isDone: Type.Boolean({ description: 'Whether somebody said that no answer is needed.' }),
    draft: Type.Optional(Type.String()),
    answers: Type.Array(Answer, { description: 'Neither confirmed nor taken back.' }),
    canAnswer: Type.Boolean(),
    whyNot: Type.Optional(oneOf(['scope', 'paused', 'refused', 'viewer'] as const)),
    orderCard: Type.Optional(OrderCard),
  },
  { title: 'OpenChat' },
)
export type OpenChat = Static<typeof OpenChat>

const MessageFile = Type.Object(
  {
    name: Type.String(),
    sizeBytes: int32(),
    state: oneOf(['waiting', 'kept', 'failed'] as const),
    why: Type.Optional(
      Type.String({
        description:
          'Why it could not be fetched: otherHost if it lies at another host than the market, which refused it; else in English.',
      }),
    ),
    url: Type.Optional(Type.String({ description: 'Where this desk has it.' })),
    isPicture: Type.Boolean({ description: 'Whether it may be shown as a picture.' }),
  },
  { title: 'MessageFile' },
)

export const Message = Type.Object(
  {
    messageId,
    createdAt: dateTime('When it was written.'),
    sender: oneOf(senders),
    text: Type.Optional(Type.String()),
    files: Type.Optional(Type.Array(MessageFile)),
  },
  { title: 'Message' },
)
export type Message = Static<typeof Message>

export const FoundMessage = Type.Object(
  {
    row: ChatRow,
    messageId,
    createdAt: dateTime('When it was written.'),
    sender: oneOf(senders),
    text: Type.String(),
  },
  { title: 'FoundMessage' },
)
