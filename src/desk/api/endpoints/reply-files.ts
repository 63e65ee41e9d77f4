import type { Sql } from '#database'
import { HttpProblem, problems } from '#serving'
import { keptFileName } from '../../cabinets/kept-file-name.ts'
import type { FileFolder } from '../../files/file-folder.ts'
import { mediaTypeOf } from '../../files/media-type.ts'
import type { Bus } from '../../live/bus.ts'
import {
  deleteReplyFile,
  insertReplyFile,
  listReplyFiles,
  lockReply,
  type NewReplyFile,
  type OfReply,
  replyFilesMax,
} from '../../store/reply-files.ts'
import { personalEndpoint } from '../access/admit.ts'
import { receiveFile } from '../files/receive-file.ts'
import * as operations from '../operations/reply-files.ts'
import { readUuid } from '../shapes/read-uuid.ts'
import { noSuchReply, tellReplies, viewReply } from './reply-view.ts'

type Needs = { sql: Sql; bus: Pick<Bus, 'publish'>; files: FileFolder }

export const addReplyFile = personalEndpoint(
  operations.addReplyFile,
  async (needs: Needs, { params, query: { cabinetId }, raw }) => {
    const [replyId, fileId] = [readUuid(params.replyId), readUuid(params.fileId)]
    const of = { cabinetId, replyId }
    // Before the file is read, so that nothing is stored for a reply that is not there.
    await viewReply(needs.sql, of)
    const file = await receiveFile(raw, async ({ name, bytes }) => {
      const { hash, sizeBytes, head } = await needs.files.save(cabinetId, bytes)
      return { name: keptFileName(name), hash: Buffer.from(hash, 'hex'), sizeBytes, mediaType: mediaTypeOf(head) }
    })
    if (file.sizeBytes === 0) throw new HttpProblem(422, 'There is nothing in it.', { why: 'empty' })
    await needs.sql.begin(transaction => add(transaction, of, { ...file, fileId }))
    tellReplies(needs, cabinetId)
    return viewReply(needs.sql, of)
  },
)

export const removeReplyFile = personalEndpoint(
  operations.removeReplyFile,
  async (needs: Needs, { params, query: { cabinetId } }) => {
    const [replyId, fileId] = [readUuid(params.replyId), readUuid(params.fileId)]
    if (!(await deleteReplyFile(needs.sql, { cabinetId, replyId }, fileId)))
      throw problems.notFound('The reply has no such file.')
    tellReplies(needs, cabinetId)
    return undefined
  },
)

type Transaction = Parameters<Parameters<Sql['begin']>[0]>[0]

/** The same fileId again is the same file. */
async function add(transaction: Transaction, of: OfReply, file: NewReplyFile): Promise<void> {
  if (!(await lockReply(transaction, of))) throw noSuchReply()
  const known = await listReplyFiles(transaction, of)
  if (known.some(({ fileId }) => fileId === file.fileId)) return
  if (known.length >= replyFilesMax)
    throw new HttpProblem(422, `A reply has ${replyFilesMax} files at the most.`, { why: 'tooMany' })
  await insertReplyFile(transaction, of, file)
}
