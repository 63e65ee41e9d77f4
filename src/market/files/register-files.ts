import { dirname } from 'node:path'
import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type BusinessId, type ChatId, headers, idOf, type MessageId, Refusal, refusals } from '#contract'
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
  mayRead(headers: FastifyRequest['headers'], key: FileKey): Promise<boolean>
  /** Whether the link has expired, if links expire. */
  isExpired?: ((key: FileKey) => boolean) | undefined
}

/** `GET /files/{businessId}/{chatId}/{messageId}`: for whoever may read the chat. */
export function registerFiles(app: FastifyInstance, { sql, files, mayRead, isExpired }: FileServing): void {
  app.get<OfTexts>('/files/:businessId/:chatId/:messageId', async (request, reply) => {
    const key = readParameters(FileParams, request.params)
    if (!(await mayRead(request.headers, key))) throw refusals.accessDenied()
    const message = await findMessage(sql, key.businessId, key.chatId, key.messageId)
    if (message?.kind !== 'file') throw refusals.messageNotFound(key.messageId, key.chatId)
    if (isExpired?.(key)) throw linkExpired()
    return sendFile(request, reply, { path: files.path(key.businessId, message.fileHash), file: message })
  })
}

function linkExpired(): Refusal {
  return new Refusal('FORBIDDEN', 'The link to the file has expired: read the message again for a new one')
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
  if (sent.type !== 'file' && sent.statusCode === 404)
    throw new Error(`a stored file is missing on disk: ${file.fileHash}`)
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
