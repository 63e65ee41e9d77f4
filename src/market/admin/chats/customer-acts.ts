import { Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import { stickers } from '../../chats/stickers.ts'
import type { FileStore } from '../../files/file-store.ts'
import { receiveFile } from '../../files/receive-file.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { type Customer, type Posting, postAsCustomer } from '../../own-apis/post-as-customer.ts'
import { noCustomerAnswers, noSuchChat } from '../../own-apis/post-to-chat.ts'
import { stickerName } from '../../own-apis/sticker.ts'
import { MessageView } from '../../own-apis/views.ts'
import type { ChatKey } from '../../store/chat-key.ts'
import { findChat } from '../../store/chats.ts'
import { adminEndpoint } from '../access/admit.ts'
import { OfChat, text, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const refusals = [...usual, 404, 409] as const
const post = {
  verb: 'POST',
  tag: 'chats',
  params: OfChat,
  response: Type.Object({ message: MessageView }),
  status: 201,
  refusals,
} as const

/** The customer of a chat. In a test chat nobody answers unless the business has set testChatsAnswer. */
async function customerOf(sql: Sql, key: ChatKey): Promise<Customer> {
  const chat = await findChat(sql, key.businessId, key.chatId)
  if (!chat) throw noSuchChat(key)
  const { customerId } = chat
  if (!chat.fake) return { customerId }
  const { testChatsAnswer } = await requireBusiness(sql, key.businessId)
  if (!testChatsAnswer) throw noCustomerAnswers()
  return { customerId, isByLab: true }
}

export const sendCustomerMessage = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendCustomerMessage',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-messages',
    summary: "Write as the chat's customer",
    description: 'As if the customer had written it. Not in test chats, unless the business lets buyers answer there.',
    body: Type.Object({ text }),
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    return postAsCustomer(needs, { ...params, ...customer, content: { kind: 'text', body: body.text } })
  },
)

export const sendCustomerSticker = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendCustomerSticker',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-stickers',
    summary: "Send a sticker as the chat's customer",
    description: 'The shop reads it in the history; no notification tells it.',
    body: Type.Object({ sticker: stickerName }),
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    const content = { kind: 'sticker', body: stickers[body.sticker] } as const
    return postAsCustomer(needs, { ...params, ...customer, content })
  },
)

export const sendCustomerFile = adminEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendCustomerFile',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-files',
    summary: "Send a file as the chat's customer",
    description: 'One file of up to 5 MB. It becomes a message of its own.',
    filePart: 'file',
    refusals: [...refusals, 415],
  }),
  async (needs: Posting & { files: FileStore }, { params, raw }) => {
    // Before the file is read, so that nothing is stored for a chat in which nobody answers.
    const customer = await customerOf(needs.sql, params)
    const file = await receiveFile(needs.files, params.businessId, raw)
    return postAsCustomer(needs, { ...params, ...customer, content: { kind: 'file', ...file } })
  },
)

export const openCustomerDispute = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'openCustomerDispute',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/dispute',
    summary: "Open a dispute as the chat's customer",
    description: "The reason is the customer's message that begins it; the chat waits for the arbiter.",
    body: Type.Object({ reason: text }),
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    const content = { kind: 'text', body: body.reason } as const
    return postAsCustomer(needs, { ...params, ...customer, event: 'dispute_opened', content })
  },
)
