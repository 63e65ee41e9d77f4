import { oneOf, Type } from '#contract'
import type { Sql } from '#database'
import { defineEndpoint } from '#serving'
import type { Postbox } from '../../chats/postbox.ts'
import type { FileUrl } from '../../files/file-url.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { postMessage } from '../../own-apis/post-to-chat.ts'
import { MessageView, messageView } from '../../own-apis/views.ts'
import { OfChat, text, usual } from '../access/parameters.ts'

const waitFor = oneOf(['partner', 'customer', 'arbiter', 'market'], {
  description: 'Whose move it is after the message; arbiter only in a dispute. Left out: as before.',
})
const post = {
  verb: 'POST',
  tag: 'chats',
  params: OfChat,
  response: Type.Object({ message: MessageView }),
  status: 201,
} as const

type Needs = { sql: Sql; postbox: Postbox; fileUrl: FileUrl }

export const sendSupportMessage = defineEndpoint(
  defineOwnOperation({
    ...post,
    name: 'sendSupportMessage',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/support-messages',
    summary: 'Write as staff',
    description: 'A message of the arbiter or of other staff.',
    body: Type.Object({ text, waitFor: Type.Optional(waitFor) }),
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
  defineOwnOperation({
    ...post,
    name: 'sendMarketMessage',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/market-messages',
    summary: 'Write automatically',
    description: "An automatic message of the marketplace. It leaves the chat's status as it is.",
    body: Type.Object({ text }),
    refusals: [...usual, 404],
  }),
  async (needs: Needs, { params, body: { text } }) => {
    const content = { kind: 'text', body: text } as const
    const message = await postMessage(needs, { ...params, event: 'market_writes', sender: 'market', content })
    return { message: messageView(message, params, needs.fileUrl) }
  },
)
