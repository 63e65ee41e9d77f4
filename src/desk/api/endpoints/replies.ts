import { randomUUID } from 'node:crypto'
import type { Sql } from '#database'
import type { Clock } from '#kit'
import { HttpProblem, problems } from '#serving'
import { readRepliesCsv } from '../../inbox/csv.ts'
import type { Bus } from '../../live/bus.ts'
import * as store from '../../store/replies.ts'
import { personalEndpoint } from '../access/admit.ts'
import * as operations from '../operations/replies.ts'
import { requireCabinet } from './require.ts'

type Needs = { sql: Sql; bus: Pick<Bus, 'publish'>; clock: Clock }

export const listReplies = personalEndpoint(operations.listReplies, async ({ sql }: Needs, { query }) => ({
  replies: await store.listReplies(sql, query.cabinetId),
}))

export const addReply = personalEndpoint(operations.addReply, async (needs: Needs, { body }) => {
  const { cabinetId } = body
  const reply = await store.insertReply(needs.sql, cabinetId, { ...fieldsOf(body), replyId: randomUUID() })
  if (reply === undefined) throw problems.notFound('There is no such cabinet.')
  tell(needs, cabinetId)
  return reply
})

export const putReply = personalEndpoint(operations.putReply, async (needs: Needs, { params, body }) => {
  const { cabinetId } = body
  const replyId = readUuid(params.replyId)
  const reply = await store.updateReply(needs.sql, cabinetId, { ...fieldsOf(body), replyId })
  if (reply === undefined) throw noSuchReply()
  tell(needs, cabinetId)
  return reply
})

export const removeReply = personalEndpoint(
  operations.removeReply,
  async (needs: Needs, { params, query: { cabinetId } }) => {
    if (!(await store.deleteReply(needs.sql, cabinetId, readUuid(params.replyId)))) throw noSuchReply()
    tell(needs, cabinetId)
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

export const importReplies = personalEndpoint(
  operations.importReplies,
  async (needs: Needs, { query: { cabinetId }, body: { csv } }) => {
    await requireCabinet(needs.sql, cabinetId)
    const read = readRepliesCsv(csv)
    if (!read.ok)
      throw new HttpProblem(422, `Row ${read.row} of the table: ${read.why}.`, { row: read.row, why: read.why })
    const replies = read.replies.map(reply => ({ ...reply, replyId: randomUUID() }))
    const replaced = await store.putReplies(needs.sql, cabinetId, replies)
    tell(needs, cabinetId)
    return { added: replies.length - replaced, replaced }
  },
)

function fieldsOf({
  folder = '',
  title,
  text,
}: Omit<store.ReplyFields, 'folder'> & { folder?: string }): store.ReplyFields {
  return { folder, title, text }
}

const noSuchReply = () => problems.notFound('The cabinet has no such reply.')

/** PostgreSQL would take other forms of it, and refuse what is none. */
export function readUuid(text: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) throw problems.misfit('id', 'must be a UUID')
  return text.toLowerCase()
}

function tell({ bus }: Needs, cabinetId: bigint): void {
  bus.publish({ about: 'replies', cabinetId: `${cabinetId}` })
}
