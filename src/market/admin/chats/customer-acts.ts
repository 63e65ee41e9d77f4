import { Type } from 'typebox'
import { type BusinessId, type ChatId, defineOperation } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import type { FileStore } from '../../files/file-store.ts'
import { receiveFile } from '../../files/receive-file.ts'
import { type Customer, type Posting, postAsCustomer } from '../../own-apis/post-as-customer.ts'
import { noCustomerAnswers, noSuchChat } from '../../own-apis/post-to-chat.ts'
import { requireSticker, stickerName } from '../../own-apis/sticker.ts'
import { MessageView } from '../../own-apis/views.ts'
import { findChat } from '../../store/chats.ts'
import { adminEndpoint } from '../access/admit.ts'
import { OfChat, text, usual } from '../access/parameters.ts'
import { requireBusiness } from '../access/require.ts'

const tag = 'chats'
const OneMessage = Type.Object({ message: MessageView })
const refusals = [...usual, 404, 409] as const

/** The customer of a chat. In a test chat somebody answers only if the cabinet's setting says so. */
async function customerOf(sql: Sql, place: { businessId: BusinessId; chatId: ChatId }): Promise<Customer> {
  const chat = await findChat(sql, place.businessId, place.chatId)
  if (!chat) throw noSuchChat(place)
  const { customerId } = chat
  if (!chat.fake) return { customerId }
  const { testChatsAnswer } = await requireBusiness(sql, place.businessId)
  if (!testChatsAnswer) throw noCustomerAnswers()
  return { customerId, isByLab: true }
}

export const sendCustomerMessage = defineEndpoint(
  defineOperation({
    name: 'sendCustomerMessage',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-messages',
    tag,
    summary: "Write as the chat's customer",
    description: 'As if the customer had written it. Not in test chats, unless the cabinet lets buyers answer there.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ text }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    return postAsCustomer(needs, { ...params, ...customer, content: { kind: 'text', body: body.text } })
  },
)

export const sendCustomerSticker = defineEndpoint(
  defineOperation({
    name: 'sendCustomerSticker',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-stickers',
    tag,
    summary: "Send a sticker as the chat's customer",
    description: 'The shop reads it in the history; no notification tells it.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ sticker: stickerName }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    const content = { kind: 'sticker', body: requireSticker(body.sticker) } as const
    return postAsCustomer(needs, { ...params, ...customer, content })
  },
)

export const sendCustomerFile = adminEndpoint(
  defineOperation({
    name: 'sendCustomerFile',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/customer-files',
    tag,
    summary: "Send a file as the chat's customer",
    description: 'One file of up to 5 MB. It becomes a message of its own.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    filePart: 'file',
    response: OneMessage,
    status: 201,
    refusals: [...refusals, 415],
  }),
  async (needs: Posting & { files: FileStore }, { params, raw }) => {
    // Before the file is read: nothing is stored for a chat in which nobody answers.
    const customer = await customerOf(needs.sql, params)
    const file = await receiveFile(needs.files, params.businessId, raw)
    return postAsCustomer(needs, { ...params, ...customer, content: { kind: 'file', ...file } })
  },
)

export const openCustomerDispute = defineEndpoint(
  defineOperation({
    name: 'openCustomerDispute',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/dispute',
    tag,
    summary: "Open a dispute as the chat's customer",
    description: "The reason is the customer's message that begins it; the chat waits for the arbiter.",
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ reason: text }),
    response: OneMessage,
    status: 201,
    refusals,
  }),
  async (needs: Posting, { params, body }) => {
    const customer = await customerOf(needs.sql, params)
    const content = { kind: 'text', body: body.reason } as const
    return postAsCustomer(needs, { ...params, ...customer, event: 'dispute_opened', content })
  },
)
