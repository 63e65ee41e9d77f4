import type { Sql } from '#database'
import type { Clock } from '#kit'
import { search as searchAll } from '../../inbox/search.ts'
import type { Bus } from '../../live/bus.ts'
import { readTo, setDone } from '../../store/chat-marks.ts'
import { listMessages } from '../../store/chat-thread.ts'
import { deleteDraft, saveDraft as saveRow } from '../../store/drafts.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/inbox.ts'
import { noSuchChat, requireChat } from './require.ts'
import { messageView, rowView } from './row-view.ts'

type Needs = { sql: Sql; clock: Clock; bus: Pick<Bus, 'publish'> }
type OfChat = { cabinetId: bigint; chatId: bigint }

export const readMessages = personalEndpoint(
  operations.readMessages,
  async ({ sql }: Pick<Needs, 'sql'>, { params, query, session: { accountId } }) => {
    await requireChat(sql, params, accountId)
    const { before, after, limit = 50 } = query
    const rows = await listMessages(sql, params.cabinetId, { chatId: params.chatId, before, after, limit: limit + 1 })
    // The one too many is on the far side.
    const page = after === undefined ? rows.slice(-limit) : rows.slice(0, limit)
    return { messages: page.map(message => messageView(message, params)), hasMore: rows.length > limit }
  },
)

export const markRead = personalEndpoint(operations.markRead, async (needs: Needs, { params, body: { messageId } }) => {
  const { cabinetId, chatId } = params
  if (!(await readTo(needs.sql, cabinetId, { chatId, messageId }))) throw noSuchChat()
  return tell(needs, params)
})

export const markDone = personalEndpoint(operations.markDone, async (needs: Needs, { params, body: { messageId } }) => {
  const { cabinetId, chatId } = params
  if (!(await setDone(needs.sql, cabinetId, { chatId, messageId }))) throw noSuchChat()
  return tell(needs, params)
})

export const undoDone = personalEndpoint(operations.undoDone, async (needs: Needs, { params }) => {
  const { cabinetId, chatId } = params
  if (!(await setDone(needs.sql, cabinetId, { chatId, messageId: null }))) throw noSuchChat()
  return tell(needs, params)
})

export const saveDraft = personalEndpoint(
  operations.saveDraft,
  async (needs: Needs, { params, body: { text }, session: { accountId } }) => {
    const { cabinetId, chatId } = params
    if (text.trim() === '') {
      await requireChat(needs.sql, params, accountId)
      await deleteDraft(needs.sql, cabinetId, { chatId, accountId })
    } else {
      const isSaved = await saveRow(needs.sql, cabinetId, {
        chatId,
        accountId,
        text: text,
        now: needs.clock.now(),
      })
      if (!isSaved) throw noSuchChat()
    }
    return tell(needs, params)
  },
)

export const search = personalEndpoint(
  operations.search,
  async ({ sql }: Pick<Needs, 'sql'>, { query, session: { accountId } }) => {
    const { q, cabinetId, limit = 30 } = query
    const { chats, messages, searched } = await searchAll(sql, accountId, { query: q, cabinetId, limit })
    return {
      chats: chats.map(rowView),
      messages: messages.map(({ row, createdAt, ...message }) => ({
        ...message,
        row: rowView(row),
        createdAt: createdAt.toISOString(),
      })),
      searched,
    }
  },
)

function tell({ bus }: Pick<Needs, 'bus'>, { cabinetId, chatId }: OfChat): undefined {
  bus.publish({ about: 'chat', cabinetId: `${cabinetId}`, chatId: `${chatId}` })
}
