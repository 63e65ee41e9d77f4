import { Type } from 'typebox'
import { defineOperation, oneOf } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileUrl } from '../../files/file-url.ts'
import { postMessage } from '../../own-apis/post-to-chat.ts'
import { MessageView, messageView } from '../../own-apis/views.ts'
import { OfChat, text, usual } from '../access/parameters.ts'

const tag = 'chats'
const waitFor = oneOf(['partner', 'customer', 'arbiter', 'market'], {
  description: 'Whose move it is after the message; arbiter only in a dispute. Left out: as before.',
})
const OneMessage = Type.Object({ message: MessageView })

type Needs = { sql: Sql; postbox: Postbox; fileUrl: FileUrl }

export const sendSupportMessage = defineEndpoint(
  defineOperation({
    name: 'sendSupportMessage',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/support-messages',
    tag,
    summary: 'Write as staff',
    description: 'A message of the arbiter or of other staff.',
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ text, waitFor: Type.Optional(waitFor) }),
    response: OneMessage,
    status: 201,
    refusals: [...usual, 404, 409],
  }),
  async (needs: Needs, { params, body: { text, waitFor } }) => {
    const message = await postMessage(needs, {
      ...params,
      event: waitFor === undefined ? 'support_writes' : `asks_${waitFor}`,
      sender: 'support',
      content: { kind: 'text', body: text },
    })
    return { message: messageView(message, params, needs.fileUrl) }
  },
)

export const sendMarketMessage = defineEndpoint(
  defineOperation({
    name: 'sendMarketMessage',
    verb: 'POST',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/market-messages',
    tag,
    summary: 'Write automatically',
    description: "An automatic message of the marketplace. It leaves the chat's status as it is.",
    scopes: [],
    perHour: 0,
    params: OfChat,
    body: Type.Object({ text }),
    response: OneMessage,
    status: 201,
    refusals: [...usual, 404],
  }),
  async (needs: Needs, { params, body: { text } }) => {
    const content = { kind: 'text', body: text } as const
    const message = await postMessage(needs, { ...params, event: 'market_writes', sender: 'market', content })
    return { message: messageView(message, params, needs.fileUrl) }
  },
)
