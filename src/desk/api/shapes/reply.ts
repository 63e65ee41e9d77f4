import { int32, type Static, Type } from '#contract'
import { cabinetId, uuid } from './ids.ts'

export const ReplyFile = Type.Object(
  {
    fileId: uuid('Chosen by whoever adds it.'),
    name: Type.String(),
    sizeBytes: int32(),
    url: Type.String({ description: 'Where this desk has it.' }),
    isPicture: Type.Boolean({ description: 'Whether it may be shown as a picture.' }),
  },
  { title: 'ReplyFile' },
)
export type ReplyFile = Static<typeof ReplyFile>

export const CannedReply = Type.Object(
  {
    replyId: uuid('The reply.'),
    cabinetId,
    folder: Type.String(),
    title: Type.String(),
    text: Type.String(),
    files: Type.Array(ReplyFile, { description: 'What goes out with it.' }),
    uses: int32(),
    version: int32({ description: 'Grows with every change.' }),
  },
  { title: 'CannedReply' },
)
export type CannedReply = Static<typeof CannedReply>
