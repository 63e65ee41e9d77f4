import { dirname } from 'node:path'
import send, { type SendResult } from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type BusinessId, type ChatId, headers, idOf, type MessageId, Refusal, refusals, Type } from '#contract'
import type { Sql } from '#database'
import { type OfTexts, readParameters } from '#serving'
import { type FileFacts, findMessage } from '../store/messages.ts'
import { contentDisposition } from './file-name.ts'
import type { FileStore } from './file-store.ts'

const FileParams = Type.Object({
  businessId: idOf<BusinessId>(''),
  chatId: idOf<ChatId>(''),
  messageId: idOf<MessageId>(''),
})

/** The message that a file is. */
export type FileKey = { businessId: BusinessId; chatId: ChatId; messageId: MessageId }

export type FileServing = {
  sql: Sql
  files: FileStore
  /** Who reads; undefined if the file is not for them. */
  readerOf(headers: FastifyRequest['headers'], key: FileKey): Promise<string | undefined>
  /** Bounds the files that one reader has open: each is open until it was read. */
  underWay: { enterUntilClosed(reader: string, answer: FastifyReply['raw']): boolean }
  /** Whether the link has expired, if links expire. */
  isExpired?: ((key: FileKey) => boolean) | undefined
}

/** `GET /files/{businessId}/{chatId}/{messageId}`: for whoever may read the chat. */
export function registerFiles(app: FastifyInstance, { sql, files, readerOf, underWay, isExpired }: FileServing): void {
  app.get<OfTexts>('/files/:businessId/:chatId/:messageId', async (request, reply) => {
    const key = readParameters(FileParams, request.params)
    const reader = await readerOf(request.headers, key)
    if (reader === undefined) throw refusals.accessDenied()
    const message = await findMessage(sql, key.businessId, key.chatId, key.messageId)
    if (message?.kind !== 'file') throw refusals.messageNotFound(key.messageId, key.chatId)
    if (isExpired?.(key)) throw linkExpired()
    if (!underWay.enterUntilClosed(reader, reply.raw)) throw refusals.unavailable()
    return sendFile(request, reply, { path: files.path(key.businessId, message.fileHash), file: message })
  })
}

function linkExpired(): Refusal {
  return new Refusal('FORBIDDEN', 'The link to the file has expired: read the message again for a new one')
}

/** Why a file that is there was not sent: by the conditions of the request. */
function refusalOf({ statusCode, headers: said }: SendResult, reply: FastifyReply, { fileHash }: FileFacts): Error {
  reply.headers({ 'cache-control': 'no-store', vary: readWith })
  if (statusCode === 412) return refusals.preconditionFailed()
  if (statusCode !== 416) return new Error(`a stored file cannot be sent: ${fileHash}, ${statusCode}`)
  reply.header('content-range', said['Content-Range'])
  return refusals.rangeNotSatisfiable()
}

/** Caches may give an answer only to requests with the same credentials. */
const readWith = [headers.apiKey, headers.authorization, 'cookie'].join(', ')

/** Only pictures that were recognised are shown in the page; any other file is an attachment, and scripts in it do not run. */
async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { path, file }: { path: string; file: FileFacts },
) {
  const isPicture = file.fileType.startsWith('image/')
  const name = `/${encodeURIComponent(file.fileHash)}`
  const sent = await send(request.raw, name, {
    root: dirname(path),
    index: false,
    contentType: false,
    cacheControl: false,
  })
  if (sent.type !== 'file') throw refusalOf(sent, reply, file)
  return reply
    .code(sent.statusCode)
    .headers(sent.headers)
    .headers({
      'content-type': file.fileType,
      'content-disposition': contentDisposition(isPicture ? 'inline' : 'attachment', file.fileName),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      // Browsers name the page's site only where there is https, or on this machine itself.
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=3600, immutable',
      vary: readWith,
    })
    .send(sent.stream)
}
