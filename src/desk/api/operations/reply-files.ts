import { Type } from '#contract'
import { cabinetId, uuid } from '../shapes/ids.ts'
import { CannedReply } from '../shapes/reply.ts'
import { noBody, ownOperation, usual } from './own.ts'

const tag = 'replies'
const path = '/desk/v1/replies/{replyId}/files/{fileId}'
const params = Type.Object({
  replyId: uuid('The reply.'),
  fileId: uuid('The file: chosen by whoever adds it, and the same when it is asked for again.'),
})
const query = Type.Object({ cabinetId })

export const addReplyFile = ownOperation({
  name: 'addReplyFile',
  verb: 'PUT',
  path,
  tag,
  summary: 'Add a file to a canned reply',
  description: 'A multipart body with the part `file`, at most 5 MB; up to ten files.',
  ...{ params, query },
  filePart: 'file',
  response: CannedReply,
  refusals: [...usual, 404, 415, 422],
})

export const removeReplyFile = ownOperation({
  name: 'removeReplyFile',
  verb: 'DELETE',
  path,
  tag,
  summary: 'Remove a file from a canned reply',
  description: 'Answers that it went out with keep it.',
  ...{ params, query },
  ...noBody,
  refusals: [...usual, 404],
})
