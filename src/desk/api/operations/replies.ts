import { int32, oneOf, Type } from '#contract'
import { rowProblems } from '../../inbox/csv.ts'
import { cabinetId, uuid } from '../shapes/ids.ts'
import { CannedReply } from '../shapes/reply.ts'
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
  description: 'All but its files. Refused with 409 if somebody has changed it after the version that is named.',
  params: OfReply,
  body: Type.Object({
    cabinetId,
    ...fields,
    version: Type.Optional(int32({ description: 'Which one was seen; without it, any.' })),
  }),
  response: CannedReply,
  refusals: [...usual, 404, 409],
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

const counted = (description: string) => int32({ description })

export const copyReplies = ownOperation({
  name: 'copyReplies',
  verb: 'POST',
  path: '/desk/v1/replies/copy',
  tag,
  summary: 'Copy canned replies into another cabinet',
  description:
    'With their files. One that is there with the same title and text is not doubled, and has the same files then.',
  body: Type.Object({
    from: cabinetId,
    to: cabinetId,
    replyIds: Type.Array(uuid('A reply.'), { minItems: 1, maxItems: 10_000 }),
  }),
  response: Type.Object({
    copied: counted('How many there are more now.'),
    present: counted('How many were there already.'),
    lostFiles: counted('Files that are on the disk no more: the replies are without them.'),
  }),
  refusals: [...usual, 404],
})

export const importReplies = ownOperation({
  name: 'importReplies',
  verb: 'POST',
  path: '/desk/v1/replies/import',
  tag,
  summary: 'Import canned replies',
  description:
    'A multipart body with the part `file`: CSV with folder, title and text, in UTF-8, UTF-16 or windows-1251. A reply of the same folder and title has that text then; rows that cannot be replies are left out, and named.',
  query: OfOneCabinet,
  filePart: 'file',
  response: Type.Object({
    added: int32(),
    changed: int32(),
    unchanged: int32(),
    refused: Type.Array(Type.Object({ row: counted('The first is 1.'), why: oneOf(rowProblems) })),
  }),
  refusals: [...usual, 404, 415, 422],
})
