import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type BusinessId, type ChatId, headers, idOf, type MessageId, type Refusal, refusals, Type } from '#contract'
import type { Sql } from '#database'
import { type OfTexts, readParameters } from '#serving'
import { type FileFacts, findMessage } from '../store/messages.ts'
import { contentDisposition } from './file-name.ts'
import type { FileStore, OpenedFile } from './file-store.ts'

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
    if (isExpired?.(key)) throw refusals.linkExpired()
    if (!underWay.enterUntilClosed(reader, reply.raw)) throw refusals.unavailable()
    const opened = await files.open({ ...message, businessId: key.businessId }, request.raw)
    return sendFile(reply, message, opened)
  })
}

/** Caches may give an answer only to requests with the same credentials. */
const readWith = [headers.apiKey, headers.authorization, 'cookie'].join(', ')

/** Only pictures that were recognised are shown in the page; any other file is an attachment, and scripts in it do not run. */
function sendFile(reply: FastifyReply, { fileType, fileName }: FileFacts, opened: OpenedFile): FastifyReply {
  if (!('body' in opened)) throw refusalOf(opened, reply)
  const isPicture = fileType.startsWith('image/')
  return reply
    .code(opened.status)
    .headers(opened.headers)
    .headers({
      'content-type': fileType,
      'content-disposition': contentDisposition(isPicture ? 'inline' : 'attachment', fileName),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      // Browsers name the page's site only where there is https, or on this machine itself.
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=3600, immutable',
      vary: readWith,
    })
    .send(opened.body)
}

/** Why a file that is there was not sent: by the conditions of the request. */
function refusalOf(opened: Exclude<OpenedFile, { body: unknown }>, reply: FastifyReply): Refusal {
  reply.headers({ 'cache-control': 'no-store', vary: readWith })
  if (opened.status === 412) return refusals.preconditionFailed()
  reply.header('content-range', opened.contentRange)
  return refusals.rangeNotSatisfiable()
}
