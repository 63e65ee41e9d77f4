import type { IncomingHttpHeaders } from 'node:http'
import { fileMaxBytes, Type, textMaxLength } from '#contract'
import { stickerNames, stickers } from '../chats/stickers.ts'
import type { FileStore } from '../files/file-store.ts'
import { receiveFile } from '../files/receive-file.ts'
import type { BuyerQuotas } from '../limits/buyer-quotas.ts'
import { defineOwnOperation } from '../own-apis/own-operation.ts'
import { type Posting, postAsCustomer } from '../own-apis/post-as-customer.ts'
import { noCustomerAnswers } from '../own-apis/post-to-chat.ts'
import { stickerName } from '../own-apis/sticker.ts'
import { buyerEndpoint, OfChat, OneMessage, requireChat, usual } from './buyer.ts'

const refusals = [...usual, 404, 409] as const
const post = { verb: 'POST', params: OfChat, response: OneMessage, status: 201, refusals } as const
const text = (description: string) => Type.String({ minLength: 1, maxLength: textMaxLength, description })

export const sendText = buyerEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendText',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/messages',
    tag: 'messages',
    summary: 'Send a text',
    description: 'The shop is waited for then; in a dispute, the arbiter.',
    body: Type.Object({ text: text('The text of the message.') }),
  }),
  (needs: Posting, { customerId, params, body }) =>
    postAsCustomer(needs, { ...params, customerId, content: { kind: 'text', body: body.text } }),
)

export const sendFile = buyerEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendFile',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/files',
    tag: 'messages',
    summary: 'Send a file',
    description: 'One file of up to 5 MB. It becomes a message of its own.',
    filePart: 'file',
    refusals: [...refusals, 415],
  }),
  async (needs: Posting & { files: FileStore; quotas: BuyerQuotas }, { customerId, params, raw }) => {
    // Before the file is read, so that nothing is stored for a chat that is not theirs.
    const chat = await requireChat(needs.sql, params, customerId)
    if (chat.fake) throw noCustomerAnswers()
    const file = await receiveFile(needs.files, params.businessId, raw)
    const unused = announcedKilobytes(raw.headers) - kilobytes(file.fileSize)
    needs.quotas.giveBack(customerId, 'fileKilobytesPerDay', unused)
    return postAsCustomer(needs, { ...params, customerId, content: { kind: 'file', ...file } })
  },
)

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)

/** How large a file can be, by what the request says of itself. */
export function announcedKilobytes({ 'content-length': length }: IncomingHttpHeaders): number {
  return kilobytes(Math.min(Number(length ?? fileMaxBytes), fileMaxBytes))
}

export const sendSticker = buyerEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendSticker',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/stickers',
    tag: 'messages',
    summary: 'Send a sticker',
    description:
      'One of those that GET /buyer/v1/stickers lists. The shop reads it in the history; no notification tells it.',
    body: Type.Object({ sticker: stickerName }),
  }),
  async (needs: Posting, { customerId, params, body }) => {
    const content = { kind: 'sticker', body: stickers[body.sticker] } as const
    return postAsCustomer(needs, { ...params, customerId, content })
  },
)

export const listStickers = buyerEndpoint(
  defineOwnOperation({
    name: 'listStickers',
    verb: 'GET',
    path: '/buyer/v1/stickers',
    tag: 'messages',
    summary: 'List stickers',
    description: 'Their names, and the signs that people see.',
    response: Type.Object({
      stickers: Type.Array(Type.Object({ name: stickerName, text: Type.String() }, { title: 'Sticker' })),
    }),
    refusals: usual,
  }),
  async () => ({ stickers: stickerNames.map(name => ({ name, text: stickers[name] })) }),
)

export const openDispute = buyerEndpoint(
  defineOwnOperation({
    ...post,
    name: 'openDispute',
    path: '/buyer/v1/businesses/{businessId}/chats/{chatId}/dispute',
    tag: 'disputes',
    summary: 'Open a dispute',
    description:
      "The chat becomes a dispute and waits for the arbiter. The reason is the customer's message that begins it.",
    body: Type.Object({ reason: text('What is wrong, for the arbiter and the shop to read.') }),
  }),
  (needs: Posting, { customerId, params, body }) => {
    const content = { kind: 'text', body: body.reason } as const
    return postAsCustomer(needs, { ...params, customerId, event: 'dispute_opened', content })
  },
)
