import type { IncomingHttpHeaders } from 'node:http'
import { dirname } from 'node:path'
import send from '@fastify/send'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type BusinessId, type ChatId, headers, idOf, type MessageId, Refusal, readingChats, refusals } from '#contract'
import type { BuyerTokens } from '../buyers/buyer-token.ts'
import { isConsole } from '../cabinet/admit.ts'
import type { ConsoleSessions } from '../console/sessions.ts'
import { authenticate } from '../http/authenticate.ts'
import { bearerOf, isSameSecret } from '../http/bearer.ts'
import { readParameters, type Texts } from '../http/read-call.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { Lab } from '../lab/lab.ts'
import { findChat } from '../store/chats.ts'
import type { Sql } from '../store/connect.ts'
import { type FileFacts, findMessage } from '../store/messages.ts'
import { contentDisposition } from './file-name.ts'
import type { FileStore } from './file-store.ts'

const FileParams = Type.Object({
  businessId: idOf<BusinessId>(''),
  chatId: idOf<ChatId>(''),
  messageId: idOf<MessageId>(''),
})
type Place = { businessId: BusinessId; chatId: ChatId; messageId: MessageId }

export type FileServing = {
  sql: Sql
  files: FileStore
  keyring: Keyring
  buyerTokens: BuyerTokens
  adminToken: string
  consoleSessions: ConsoleSessions
  lab: Lab | undefined
}

/** `GET /files/{businessId}/{chatId}/{messageId}`: for keys of the cabinet, the chat's customer, the admin, and the console. */
export function registerFiles(app: FastifyInstance, serving: FileServing): void {
  app.get('/files/:businessId/:chatId/:messageId', async (request, reply) => {
    const place = readParameters(FileParams, request.params as Texts) // texts: Fastify's path parameters
    if (!(await mayRead(serving, request, place))) throw refusals.accessDenied()
    const message = await findMessage(serving.sql, place.businessId, place.chatId, place.messageId)
    if (message?.kind !== 'file') throw refusals.messageNotFound(place.messageId, place.chatId)
    if (serving.lab?.faults.strike('file', ['url-expired'], place)) throw linkExpired()
    return sendFile(request, reply, { path: serving.files.path(place.businessId, message.fileHash), file: message })
  })
}

/** As a link that was given for a time would be refused after it. Here links have no end: only a lab says so. */
function linkExpired(): Refusal {
  return new Refusal('FORBIDDEN', 'The link to the file has expired: read the message again for a new one')
}

async function mayRead(serving: FileServing, request: FastifyRequest, place: Place) {
  const { sql, keyring, buyerTokens, adminToken } = serving
  const token = bearerOf(request.headers)
  if (token !== undefined && isSameSecret(token, adminToken)) return true
  if (token === undefined && (await isShownInConsole(request.headers, serving))) return true
  const customerId = token === undefined ? undefined : await buyerTokens.read(token)
  if (customerId !== undefined) {
    const chat = await findChat(sql, place.businessId, place.chatId)
    return chat?.customerId === customerId
  }
  if (request.headers[headers.apiKey] === undefined && request.headers[headers.authorization] === undefined)
    return false
  const key = await authenticate(keyring, request.headers).catch(ignoreRefusal)
  return key?.businessId === place.businessId && readingChats.some(scope => key.scopes.includes(scope))
}

/** A picture on a page of the console's comes with the cookie and no header of ours; pages of other sites have nothing to look for here. */
async function isShownInConsole(requestHeaders: IncomingHttpHeaders, serving: FileServing): Promise<boolean> {
  const { 'sec-fetch-site': site = 'same-origin' } = requestHeaders
  return ['same-origin', 'none'].includes(String(site)) && (await isConsole(requestHeaders, serving))
}

/** What is wrong with a key is nobody's business here. */
function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error
}

/** An answer to one who may read it is kept for nobody else. */
const readWith = [headers.apiKey, headers.authorization, 'cookie'].join(', ')

/** Only recognised pictures are shown in place; anything else is handed over as a file and can run nowhere. */
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
