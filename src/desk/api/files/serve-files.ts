import { basename, dirname } from 'node:path'
import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { idOf, int32, oneOf, Type } from '#contract'
import { type OfTexts, problems, readParameters } from '#serving'
import { writeRepliesCsv } from '../../inbox/csv.ts'
import { findKeptFile, type KeptFile } from '../../store/chat-thread.ts'
import { listReplies } from '../../store/replies.ts'
import { findReplyFile } from '../../store/reply-files.ts'
import { type Admission, findSession, notSignedIn, refuseOtherSites } from '../access/admit.ts'
import { uuid } from '../shapes/ids.ts'
import { readUuid } from '../shapes/read-uuid.ts'
import { isPicture } from './is-picture.ts'

const FileParams = Type.Object({
  cabinetId: idOf<bigint>(''),
  chatId: idOf<bigint>(''),
  messageId: idOf<bigint>(''),
  position: int32({ minimum: 0, maximum: 1000 }),
})
const ReplyFileParams = Type.Object({ cabinetId: idOf<bigint>(''), replyId: uuid(''), fileId: uuid('') })
const OfTable = Type.Object({
  cabinetId: Type.Optional(idOf<bigint>('')),
  language: Type.Optional(oneOf(['en', 'ru'] as const)),
})

export type FileNeeds = Admission & {
  /** Where the bytes of a file are. */
  files: { path(cabinetId: bigint, hash: string): string }
}

/** What people download: files of chats and of canned replies, and canned replies as a table. */
export function serveFiles(app: FastifyInstance, needs: FileNeeds): void {
  // The name at the end is for whoever saves the file.
  app.get<OfTexts>('/desk/v1/files/:cabinetId/:chatId/:messageId/:position/:name', async (request, reply) => {
    await requireSession(request, needs)
    const { cabinetId, ...key } = readParameters(FileParams, request.params)
    const file = await findKeptFile(needs.sql, cabinetId, key)
    if (file === undefined) throw problems.notFound('The desk has no such file.')
    return sendFile({ request, reply }, file, needs.files.path(cabinetId, file.hash.toString('hex')))
  })
  app.get<OfTexts>('/desk/v1/reply-files/:cabinetId/:replyId/:fileId/:name', async (request, reply) => {
    await requireSession(request, needs)
    const { cabinetId, replyId, fileId } = readParameters(ReplyFileParams, request.params)
    const of = { cabinetId, replyId: readUuid(replyId) }
    const file = await findReplyFile(needs.sql, of, readUuid(fileId))
    if (file === undefined) throw problems.notFound('The desk has no such file.')
    return sendFile({ request, reply }, file, needs.files.path(cabinetId, file.hash.toString('hex')))
  })
  app.get<OfTexts>('/desk/v1/replies.csv', async (request, reply) => {
    await requireSession(request, needs)
    const { cabinetId, language } = readParameters(OfTable, request.query)
    return reply
      .headers({ ...download('replies.csv'), 'content-type': 'text/csv; charset=utf-8' })
      .send(writeRepliesCsv(await listReplies(needs.sql, cabinetId), language))
  })
}

async function requireSession(request: FastifyRequest, needs: Admission): Promise<void> {
  refuseOtherSites(request)
  if ((await findSession(request, needs)) === undefined) throw notSignedIn()
}

/** Only pictures that were recognized are shown in the page; any other file is a download, and scripts in it do not run. */
async function sendFile(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { name, mediaType }: KeptFile,
  path: string,
) {
  const sent = await send(request.raw, `/${encodeURIComponent(basename(path))}`, {
    ...{ root: dirname(path), index: false, contentType: false, cacheControl: false },
  })
  if (sent.type !== 'file') throw problems.notFound('The desk has this file no more.')
  const isShown = isPicture(mediaType)
  return reply
    .code(sent.statusCode)
    .headers(sent.headers)
    .headers({
      ...download(name, isShown ? 'inline' : 'attachment'),
      'content-type': isShown && mediaType !== null ? mediaType : 'application/octet-stream',
      'cache-control': 'private, max-age=3600, immutable',
    })
    .send(sent.stream)
}

function download(name: string, how: 'inline' | 'attachment' = 'attachment') {
  const ascii = name.replaceAll(/[^\w.() -]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return {
    'content-disposition': `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    vary: 'cookie',
  }
}
