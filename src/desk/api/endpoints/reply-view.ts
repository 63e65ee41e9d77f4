import type { Sql } from '#database'
import { problems } from '#serving'
import type { Bus } from '../../live/bus.ts'
import { findReply, type ReplyData } from '../../store/replies.ts'
import type { OfReply } from '../../store/reply-files.ts'
import { isPicture } from '../files/is-picture.ts'
import type { CannedReply } from '../shapes/reply.ts'

export const noSuchReply = () => problems.notFound('The cabinet has no such reply.')

export function replyView({ files, ...reply }: ReplyData): CannedReply {
  const place = `/desk/v1/reply-files/${reply.cabinetId}/${reply.replyId}`
  return {
    ...reply,
    files: files.map(({ fileId, name, sizeBytes, mediaType }) => ({
      ...{ fileId, name, sizeBytes, isPicture: isPicture(mediaType) },
      url: `${place}/${fileId}/${encodeURIComponent(name)}`,
    })),
  }
}

export async function viewReply(sql: Sql, { cabinetId, replyId }: OfReply): Promise<CannedReply> {
  const reply = await findReply(sql, cabinetId, replyId)
  if (reply === undefined) throw noSuchReply()
  return replyView(reply)
}

export function tellReplies({ bus }: { bus: Pick<Bus, 'publish'> }, cabinetId: bigint): void {
  bus.publish({ about: 'replies', cabinetId: `${cabinetId}` })
}
