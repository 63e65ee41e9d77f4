import { historyPageDefault, type Operation, oneOf, operations, quoteJson, Type } from '#contract'
import type { Sql } from '#database'
import type { PageTokens } from '#serving'
import type { Readbox } from '../../chats/readbox.ts'
import { defineOwnOperation } from '../../own-apis/own-operation.ts'
import { noSuchChat } from '../../own-apis/post-to-chat.ts'
import { getChat } from '../../published/get-chat.ts'
import { getChatHistory } from '../../published/get-chat-history.ts'
import { findChat } from '../../store/chats.ts'
import { adminEndpoint } from '../access/admit.ts'
import { OfChat, usual } from '../access/parameters.ts'

const Published = Type.Object(
  {
    name: oneOf(['getChat', 'getChatHistory'], { description: 'The operation.' }),
    method: Type.String({ description: 'Its verb.' }),
    path: Type.String({ description: 'Its path with its query.' }),
    body: Type.Unsafe<object>({ type: 'object', additionalProperties: true, description: 'What a shop is answered.' }),
  },
  { title: 'PublishedAnswer' },
)

type Needs = { sql: Sql; readbox: Readbox; pageTokens: PageTokens }

export const readPublishedAnswers = adminEndpoint(
  defineOwnOperation({
    name: 'readPublishedAnswers',
    verb: 'GET',
    path: '/admin/v1/businesses/{businessId}/chats/{chatId}/published',
    tag: 'chats',
    summary: 'Read a chat as the shop does',
    description: 'What the published API answers to the shop about this chat, letter for letter.',
    params: OfChat,
    response: Type.Object({ answers: Type.Array(Published) }),
    refusals: [...usual, 404],
  }),
  async (needs: Needs, { params }) => {
    const { businessId, chatId } = params
    if (!(await findChat(needs.sql, businessId, chatId))) throw noSuchChat(params)
    const call = { params: { businessId }, query: { chatId } }
    const history = { ...call, query: { chatId, limit: historyPageDefault }, body: {} }
    const answer = (operation: Operation & { name: 'getChat' | 'getChatHistory' }, { json }: { json: string }) => ({
      name: operation.name,
      method: operation.verb,
      path: `${operation.path.replace('{businessId}', `${businessId}`)}?chatId=${chatId}`,
      body: quoteJson(json),
    })
    return {
      answers: [
        answer(operations.getChat, await getChat(needs, call)),
        answer(operations.getChatHistory, await getChatHistory(needs, history)),
      ],
    }
  },
)
