import { int32, Type } from '#contract'
import { CannedReply } from '../shapes/chat.ts'
import { cabinetId, uuid } from '../shapes/ids.ts'
import { InCabinet, noBody, ownOperation, usual } from './own.ts'

const tag = 'replies'
const OfReply = Type.Object({ replyId: uuid('The reply.') })
const fields = {
  folder: Type.Optional(
    Type.String({ maxLength: 100, description: 'Where it lies; slashes make folders in folders.' }),
  ),
  title: Type.String({ minLength: 1, maxLength: 200, description: 'What it is found by.' }),
  text: Type.String({ minLength: 1, maxLength: 4096, description: 'With `{{buyer|Здравствуйте}}` and the like.' }),
}
const OfOneCabinet = Type.Object({ cabinetId })

export const listReplies = ownOperation({
  name: 'listReplies',
  verb: 'GET',
  path: '/desk/v1/replies',
  tag,
  summary: 'List canned replies',
  description: 'By folder and title.',
  query: InCabinet,
  response: Type.Object({ replies: Type.Array(CannedReply) }),
  refusals: usual,
})

export const addReply = ownOperation({
  name: 'addReply',
  verb: 'POST',
  path: '/desk/v1/replies',
  tag,
  summary: 'Add a canned reply',
  description: 'To one cabinet.',
  body: Type.Object({ cabinetId, ...fields }),
  response: CannedReply,
  status: 201,
  refusals: [...usual, 404],
})

export const putReply = ownOperation({
  name: 'putReply',
  verb: 'PUT',
  path: '/desk/v1/replies/{replyId}',
  tag,
  summary: 'Change a canned reply',
  description: 'All of it.',
  params: OfReply,
  body: Type.Object({ cabinetId, ...fields }),
  response: CannedReply,
  refusals: [...usual, 404],
})

export const removeReply = ownOperation({
  name: 'removeReply',
  verb: 'DELETE',
  path: '/desk/v1/replies/{replyId}',
  tag,
  summary: 'Remove a canned reply',
  description: 'From its cabinet.',
  params: OfReply,
  query: OfOneCabinet,
  ...noBody,
  refusals: [...usual, 404],
})

export const useReply = ownOperation({
  name: 'useReply',
  verb: 'POST',
  path: '/desk/v1/replies/{replyId}/uses',
  tag,
  summary: 'Count a use',
  description: 'When it was put into an answer.',
  params: OfReply,
  query: OfOneCabinet,
  ...noBody,
  refusals: [...usual, 404],
})

export const importReplies = ownOperation({
  name: 'importReplies',
  verb: 'POST',
  path: '/desk/v1/replies/import',
  tag,
  summary: 'Import canned replies',
  description: 'From CSV with folder, title and text; one of the same folder and title is replaced. All or nothing.',
  query: OfOneCabinet,
  body: Type.Object({ csv: Type.String({ minLength: 1, maxLength: 400_000 }) }),
  response: Type.Object({ added: int32(), replaced: int32() }),
  refusals: [...usual, 404, 422],
})
