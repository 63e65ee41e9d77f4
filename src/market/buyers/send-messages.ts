import { Type } from 'typebox'
import { defineOperation, textMaxLength } from '#contract'
import { stickerNames, stickers } from '../chats/stickers.ts'
import type { FileStore } from '../files/file-store.ts'
import { receiveFile } from '../files/receive-file.ts'
import { type Posting, postAsCustomer } from '../own-apis/post-as-customer.ts'
import { noCustomerAnswers } from '../own-apis/post-to-chat.ts'
import { requireSticker, stickerName } from '../own-apis/sticker.ts'
import { buyerEndpoint, OfChat, OneMessage, requireChat, usual } from './buyer.ts'

const tag = 'messages'
const refusals = [...usual, 404, 409] as const
const text = (description: string) => Type.String({ minLength: 1, maxLength: textMaxLength, description })

export const sendText = buyerEndpoint(
  defineOperation({
    name: 'sendText',
    verb: 'POST',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/messages',
    tag,
    summary: 'Send a text',
    description: 'The shop is waited for then; in a dispute, the arbiter.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ text: text('The text of the message.') }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  (needs: Posting, { customerId, params, body }) =>
    postAsCustomer(needs, { ...params, customerId, content: { kind: 'text', body: body.text } }),
)

export const sendFile = buyerEndpoint(
  defineOperation({
    name: 'sendFile',
    verb: 'POST',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/files',
    tag,
    summary: 'Send a file',
    description: 'One file of up to 5 MB. It becomes a message of its own.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    filePart: 'file',
    response: OneMessage,
    status: 201,
    refusals: [...refusals, 415],
  }),
  async (needs: Posting & { files: FileStore }, { customerId, params, raw }) => {
    // Before the file is read: nothing is stored for a chat that is not theirs.
    const chat = await requireChat(needs.sql, params, customerId)
    if (chat.fake) throw noCustomerAnswers()
    const file = await receiveFile(needs.files, params.businessId, raw)
    return postAsCustomer(needs, { ...params, customerId, content: { kind: 'file', ...file } })
  },
)

export const sendSticker = buyerEndpoint(
  defineOperation({
    name: 'sendSticker',
    verb: 'POST',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/stickers',
    tag,
    summary: 'Send a sticker',
    description:
      'One of those that GET /buyer/v1/stickers lists. The shop reads it in the history; no notification tells it.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ sticker: stickerName }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  async (needs: Posting, { customerId, params, body }) => {
    const content = { kind: 'sticker', body: requireSticker(body.sticker) } as const
    return postAsCustomer(needs, { ...params, customerId, content })
  },
)

export const listStickers = buyerEndpoint(
  defineOperation({
    name: 'listStickers',
    verb: 'GET',
    path: '/buyer/v1/stickers',
    tag,
    summary: 'List stickers',
    description: 'Their names, and the signs that people see.',
    scopes: [],
    perHour: 0,
    response: Type.Object({
      stickers: Type.Array(Type.Object({ name: Type.String(), text: Type.String() }, { title: 'Sticker' })),
    }),
    refusals: usual,
  }),
  async () => ({ stickers: stickerNames.map(name => ({ name, text: stickers[name] })) }),
)

export const openDispute = buyerEndpoint(
  defineOperation({
    name: 'openDispute',
    verb: 'POST',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/dispute',
    tag: 'disputes',
    summary: 'Open a dispute',
    description:
      "The chat becomes a dispute and waits for the arbiter. The reason is the customer's message that begins it.",
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ reason: text('What is wrong, for the arbiter and the shop to read.') }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  (needs: Posting, { customerId, params, body }) => {
    const content = { kind: 'text', body: body.reason } as const
    return postAsCustomer(needs, { ...params, customerId, event: 'dispute_opened', content })
  },
)
