import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { problems } from '#serving'
import { keptText } from '../../cabinets/kept-text.ts'
import type { Bus } from '../../live/bus.ts'
import * as store from '../../store/replies.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/replies.ts'
import { readUuid } from '../shapes/read-uuid.ts'
import { noSuchReply, replyView, tellReplies, viewReply } from './reply-view.ts'
import { noSuchCabinet } from './require.ts'

type Needs = { sql: Sql; bus: Pick<Bus, 'publish'>; clock: Clock }

export const listReplies = personalEndpoint(operations.listReplies, async ({ sql }: Needs, { query }) => ({
  replies: (await store.listReplies(sql, query.cabinetId)).map(replyView),
}))

export const addReply = personalEndpoint(operations.addReply, async (needs: Needs, { body }) => {
  const { cabinetId } = body
  const replyId = randomUUID()
  if (!(await store.insertReply(needs.sql, cabinetId, { ...fieldsOf(body), replyId }))) throw noSuchCabinet()
  tellReplies(needs, cabinetId)
  return viewReply(needs.sql, { cabinetId, replyId })
})

export const putReply = personalEndpoint(operations.putReply, async (needs: Needs, { params, body }) => {
  const { cabinetId, version } = body
  const of = { cabinetId, replyId: readUuid(params.replyId) }
  const isChanged = await store.updateReply(needs.sql, cabinetId, { ...fieldsOf(body), replyId: of.replyId, version })
  const reply = await viewReply(needs.sql, of)
  if (!isChanged) throw problems.conflict('Somebody has changed it meanwhile: look, and put it again.')
  tellReplies(needs, cabinetId)
  return reply
})

export const removeReply = personalEndpoint(
  operations.removeReply,
  async (needs: Needs, { params, query: { cabinetId } }) => {
    if (!(await store.deleteReply(needs.sql, cabinetId, readUuid(params.replyId)))) throw noSuchReply()
    tellReplies(needs, cabinetId)
    return undefined
  },
)

export const useReply = personalEndpoint(
  operations.useReply,
  async ({ sql, clock }: Needs, { params, query: { cabinetId } }) => {
    const isKnown = await store.countUse(sql, cabinetId, { replyId: readUuid(params.replyId), now: clock.now() })
    if (!isKnown) throw noSuchReply()
    return undefined
  },
)

type Given = Omit<store.ReplyFields, 'folder'> & { folder?: string }

function fieldsOf({ folder = '', title, text }: Given): store.ReplyFields {
  const fields = { folder: keptText(folder).trim(), title: keptText(title).trim(), text: keptText(text) }
  for (const name of ['title', 'text'] as const)
    if (fields[name].trim() === '') throw problems.misfit(name, 'must not be blank')
  return fields
}
