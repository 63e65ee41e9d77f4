import { int32, oneOf, Type } from '#contract'
import {
  ChatRow,
  Filters,
  FoundMessage,
  Message,
  messageId,
  OpenChat,
  sorts,
  ViewCounts,
  views,
} from '../shapes/chat.ts'
import { cabinetId } from '../shapes/ids.ts'
import { limit, noBody, OfChat, ownOperation, usual } from './own.ts'

const tag = 'inbox'
const ofChat = { tag, params: OfChat, refusals: [...usual, 404] } as const
const view = oneOf(views, { description: 'Whose move it is.' })

export const readViews = ownOperation({
  name: 'readViews',
  verb: 'GET',
  path: '/desk/v1/views',
  tag,
  summary: 'Count the views',
  description: 'As the lists of the same filters have it.',
  query: Type.Object(Filters),
  response: Type.Object({ counts: ViewCounts }),
  refusals: usual,
})

export const listChats = ownOperation({
  name: 'listChats',
  verb: 'GET',
  path: '/desk/v1/chats',
  tag,
  summary: 'List chats',
  description:
    'Of a view: the newest first, or in the views waiting and disputes those that wait longest, in the others the oldest. Another order than these two is as none.',
  query: Type.Object({
    ...Filters,
    view: Type.Optional(view),
    sort: Type.Optional(oneOf(sorts)),
    pageToken: Type.Optional(Type.String({ description: 'nextPageToken of the page before.' })),
    limit: limit(200, 50),
  }),
  response: Type.Object({
    chats: Type.Array(ChatRow),
    total: int32({ description: 'Of the view, by all filters.' }),
    inView: int32({ description: 'Of the view, of any shop and about anything.' }),
    nextPageToken: Type.Optional(Type.String()),
  }),
  refusals: usual,
})

export const nextChat = ownOperation({
  name: 'nextChat',
  verb: 'GET',
  path: '/desk/v1/chats/next',
  tag,
  summary: 'The next that waits',
  description: 'Of those that wait, the one after a given chat, else the longest; left out if none waits.',
  query: Type.Object({
    ...Filters,
    after: Type.Optional(
      Type.String({
        pattern: '^\\d+/\\d+$',
        description: 'cabinetId/chatId of the chat that is left; it is not given back.',
      }),
    ),
  }),
  response: Type.Object({ chat: Type.Optional(ChatRow) }),
  refusals: usual,
})

export const readChat = ownOperation({
  ...ofChat,
  name: 'readChat',
  verb: 'GET',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}',
  summary: 'Open a chat',
  description: 'Its row, the draft, the answers under way, and whether it can be answered.',
  response: OpenChat,
})

export const readMessages = ownOperation({
  ...ofChat,
  name: 'readMessages',
  verb: 'GET',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/messages',
  summary: 'Read messages',
  description: 'The last ones, or those before or after a message; always ascending.',
  query: Type.Object({
    before: Type.Optional(messageId),
    after: Type.Optional(messageId),
    limit: limit(200, 50),
  }),
  response: Type.Object({
    messages: Type.Array(Message),
    hasMore: Type.Boolean({ description: 'Whether there are more in the direction that was asked for.' }),
  }),
})

export const markRead = ownOperation({
  ...ofChat,
  name: 'markRead',
  verb: 'PUT',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/read',
  summary: 'Read up to a message',
  description: 'For everybody at the desk. An earlier message changes nothing.',
  body: Type.Object({ messageId }),
  ...noBody,
})

export const markDone = ownOperation({
  ...ofChat,
  name: 'markDone',
  verb: 'PUT',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/done',
  summary: 'No answer needed',
  description: 'The chat waits no more, until the buyer writes after the message.',
  body: Type.Object({ messageId }),
  ...noBody,
})

export const undoDone = ownOperation({
  ...ofChat,
  name: 'undoDone',
  verb: 'DELETE',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/done',
  summary: 'An answer is needed after all',
  description: 'The chat is where the market has it.',
  ...noBody,
})

export const saveDraft = ownOperation({
  ...ofChat,
  name: 'saveDraft',
  verb: 'PUT',
  path: '/desk/v1/cabinets/{cabinetId}/chats/{chatId}/draft',
  summary: 'Keep a draft',
  description: "The account's own. An empty text removes it.",
  body: Type.Object({ text: Type.String({ maxLength: 100_000 }) }),
  ...noBody,
})

export const search = ownOperation({
  name: 'search',
  verb: 'GET',
  path: '/desk/v1/search',
  tag,
  summary: 'Search',
  description:
    'By numbers of chats, orders and returns, by names of buyers, by words of messages; the last word may be a part.',
  query: Type.Object({
    q: Type.String({ minLength: 1, maxLength: 200, description: 'What to look for.' }),
    cabinetId: Type.Optional(cabinetId),
    limit: limit(100, 30),
  }),
  response: Type.Object({
    chats: Type.Array(ChatRow),
    messages: Type.Array(FoundMessage),
    searched: Type.Array(oneOf(['ids', 'names', 'messages'] as const), { description: 'What was looked at.' }),
  }),
  refusals: usual,
})
